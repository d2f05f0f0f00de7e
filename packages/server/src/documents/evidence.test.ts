import type { CreateDocument, DocumentReason } from '@pisto/contract'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { Call } from '../platform/http/call.ts'
import { checkDueHandlers } from '../registrations/checks.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { submit } from '../testing/merchants.ts'
import { aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { consumerDocumentHandlers, merchantDocumentHandlers } from './handlers.ts'
import { memoryStorage } from './storage/object-storage.ts'
import { aPdf, plainJpeg } from './testing/samples.ts'
import { uploadFor } from './testing/upload.ts'
import type { VerdictDeps } from './verdict.ts'
import { documentDueHandlers } from './worker.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

let tenant: TenantProfile
let merchantId: string
let deps: VerdictDeps
beforeEach(async () => {
  tenant = await aTenant(world)
  deps = { ...world, storage: memoryStorage() }
})

const call = (operation = 'any') => aCall(tenant, operation)
const upload = (file: Uint8Array, about: Partial<CreateDocument> = {}) =>
  uploadFor(deps, tenant, merchantId, file, about)
const runDue = () => dueWorkerOf(world, [tenant], { ...documentDueHandlers(deps), ...checkDueHandlers(world) }).runDue()

/** A merchant whose card the registry wants to see (magic serial 2222), in review. */
async function inReview(): Promise<string> {
  const handlers = merchantHandlers(world)
  const { id } = await handlers.createMerchant({ body: aMerchant('GT', aPerson('GT', '2222')) }, call('create'))
  await submit(world, tenant, id)
  return id
}

const requirements = () => merchantHandlers(world).getMerchantRequirements({ merchantId }, call())
const approve = () => merchantHandlers(world).approveMerchant({ merchantId, body: { actor: 'ana' } }, call('approve'))

it('whoever the registry wants a picture of goes on with both sides of the card, and not before', async () => {
  merchantId = await inReview()
  expect(await requirements()).toMatchObject({ currentlyDue: ['documentImage'], pendingVerification: [] })
  await expect(approve()).rejects.toMatchObject({
    code: 'requirements_missing',
    facts: { currentlyDue: 'documentImage' },
  })

  await upload(plainJpeg(), { kind: 'identityFront' })
  expect((await requirements()).currentlyDue, 'one side is half a card').toEqual(['documentImage'])
  await Promise.all([
    upload(plainJpeg(), { kind: 'identityBack' }),
    upload(aPdf(), { kind: 'proofOfAddress' }), // in the same batch
  ])
  expect(await requirements()).toMatchObject({ currentlyDue: [], pendingVerification: ['documentImage'] })
  expect((await approve()).status).toBe('active')
})

it('whoever was returned for a picture that nobody can read mends it with a new one', async () => {
  merchantId = await inReview()
  await upload(plainJpeg(), { kind: 'identityFront' })
  await upload(plainJpeg(), { kind: 'identityBack' })
  const body = { actor: 'ana', reasons: ['document_image_unclear' as const] }
  await merchantHandlers(world).returnMerchant({ merchantId, body }, call('return'))
  const submit = () => merchantHandlers(world).submitMerchant({ merchantId }, call('submit'))
  expect((await requirements()).currentlyDue).toEqual(['documentImage'])
  await expect(submit()).rejects.toMatchObject({ code: 'requirements_missing' })

  await upload(plainJpeg(50, 50), { kind: 'identityBack' })

  expect((await requirements()).currentlyDue).toEqual([])
  expect((await submit()).status).toBe('inReview')
})

it('a document that expires takes its evidence along, unless another one gives it', async () => {
  merchantId = await inReview()
  const expiresOn = new Date(world.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10)
  await upload(plainJpeg(), { kind: 'identityFront', expiresOn })
  await upload(plainJpeg(), { kind: 'identityBack', expiresOn })
  await upload(plainJpeg(50, 50), { kind: 'identityBack' })
  expect((await requirements()).currentlyDue).toEqual([])

  world.clock.advance(3 * 86_400)
  await runDue()
  expect((await requirements()).currentlyDue, 'the front is over').toEqual(['documentImage'])
  await upload(plainJpeg(60, 60), { kind: 'identityFront' })
  expect((await requirements()).currentlyDue, 'the newer back still counts').toEqual([])
})

const get = () => merchantHandlers(world).getMerchant({ merchantId }, call('getMerchant'))
const accept = (documentId: string, actor = 'ana') =>
  merchantDocumentHandlers(deps).acceptMerchantDocument({ merchantId, documentId, body: { actor } }, call('accept'))
const reject = (documentId: string, reasons: DocumentReason[] = ['document_unreadable'], actor = 'ana') => {
  const body = { actor, reasons }
  return merchantDocumentHandlers(deps).rejectMerchantDocument({ merchantId, documentId, body }, call('reject'))
}
const uploadCard = async () => [
  await upload(plainJpeg(), { kind: 'identityFront' }),
  await upload(plainJpeg(), { kind: 'identityBack' }),
]
const unreadable = (documentKind: string) => ({
  ...{ requirement: 'documentImage', documentKind, code: 'document_unreadable' },
  ...{ message: expect.any(String), messageEs: expect.stringMatching(/^No se lee bien/) },
})

it('a document that is not accepted is evidence no more: it is asked for again with the reason, until another is there', async () => {
  merchantId = await inReview()
  const [front, back] = await uploadCard()
  const looked = await accept(front?.id ?? '')
  expect(looked).toMatchObject({ status: 'stored', verdict: { outcome: 'accepted', by: 'ana', reasons: [] } })
  const own = { ...call('get'), person: {} as NonNullable<Call['person']> }
  const documents = merchantDocumentHandlers(deps)
  const told = [
    await documents.getMerchantDocument({ merchantId, documentId: looked.id }, own),
    ...(await documents.listMerchantDocuments({ merchantId, query: {} }, own)).data,
  ]
  expect(told.find(({ id }) => id === looked.id)).toMatchObject({ verdict: { outcome: 'accepted', by: null } })
  expect(JSON.stringify(told)).not.toContain('"ana"')

  const judged = await reject(back?.id ?? '', ['document_unreadable'], 'luis')

  expect(judged).toMatchObject({
    status: 'rejected',
    verdict: {
      ...{ outcome: 'rejected', by: 'luis', time: world.clock.now().toISOString() },
      reasons: [{ code: 'document_unreadable', messageEs: expect.any(String) }],
    },
  })
  const path = { merchantId, documentId: judged.id }
  expect(await documents.getMerchantDocument(path, call())).toEqual(judged)
  expect(await requirements()).toMatchObject({
    ...{ currentlyDue: ['documentImage'], pendingVerification: [] },
    errors: [unreadable('identityBack')],
  })
  await expect(approve()).rejects.toMatchObject({ code: 'requirements_missing' })
  await expect(accept(judged.id), 'it is over').rejects.toMatchObject({ code: 'document_wrong_status' })
  const body = { actor: 'ana' }
  expect((await documents.viewMerchantDocument({ ...path, body }, call('view'))).bytes.length).toBeGreaterThan(0)

  await upload(plainJpeg(50, 50), { kind: 'identityBack' })
  expect(await requirements()).toMatchObject({
    ...{ currentlyDue: [], pendingVerification: ['documentImage'], errors: [] },
  })
  expect((await approve()).status).toBe('active')
})

it('what waits for a verdict is one list of all merchants, until somebody says it or the person is over', async () => {
  const documents = merchantDocumentHandlers(deps)
  const list = async (query: Parameters<typeof documents.listWaitingMerchantDocuments>[0]['query'] = {}, of = tenant) =>
    documents.listWaitingMerchantDocuments({ query }, aCall(of, 'list'))
  const idsOf = async (...asked: Parameters<typeof list>) => (await list(...asked)).data.map(({ id }) => id)

  merchantId = await inReview()
  const [front, back] = await uploadCard()
  const [first, ofFirst] = [merchantId, [back?.id, front?.id]]
  merchantId = (await merchantHandlers(world).createMerchant({ body: aMerchant() }, call('create'))).id
  const bill = await upload(aPdf(), { kind: 'proofOfAddress' })
  await documents.createMerchantDocument(
    { merchantId, body: { kind: 'selfie', byteLength: 9, sha256: '0'.repeat(64) } },
    call('create'),
  )
  const due = await upload(aPdf(), { kind: 'taxCertificate', expiresOn: world.clock.now().toISOString().slice(0, 10) })

  expect((await list()).data.map(({ id, personId }) => [id, personId])).toEqual([
    ...[due, bill].map(({ id }) => [id, merchantId]),
    ...ofFirst.map((id) => [id, first]),
  ])
  expect(await idsOf({ kind: 'proofOfAddress' })).toEqual([bill.id])
  expect(await idsOf({ reviewing: true })).toEqual(ofFirst)
  expect(await idsOf({ reviewing: false, kind: 'identityFront' })).toEqual([])
  expect(await idsOf({}, await aTenant(world))).toEqual([])
  const ofConsumers = consumerDocumentHandlers(deps).listWaitingConsumerDocuments({ query: {} }, call())
  expect((await ofConsumers).data).toEqual([])

  const page = await list({ limit: 2 })
  expect(page.nextCursor).toBe(bill.id)
  expect(await idsOf({ limit: 2, after: bill.id })).toEqual(ofFirst)
  await expect(list({ after: merchantId })).rejects.toMatchObject({ code: 'request_invalid' })

  world.clock.advance(3 * 86_400)
  await runDue()
  expect(await idsOf(), 'one is over').toEqual([bill.id, ...ofFirst])
  merchantId = first
  await accept(front?.id ?? '')
  expect(await idsOf()).toEqual([bill.id, back?.id])
  await reject(back?.id ?? '')
  const other = await upload(plainJpeg(50, 50), { kind: 'identityBack' })
  expect(await idsOf()).toEqual([other.id, bill.id])

  const body = { actor: 'ana', reasons: ['identity_not_confirmed' as const] }
  await merchantHandlers(world).rejectMerchant({ merchantId, body }, call('reject'))
  expect(await idsOf()).toEqual([bill.id])
  await merchantHandlers(world).eraseMerchant({ merchantId: bill.personId, body: { actor: 'ana' } }, call('erase'))
  expect(await idsOf(), 'before its file is gone').toEqual([])
  expect(await documents.listMerchantDocuments({ merchantId: bill.personId, query: {} }, call())).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id: bill.id, status: 'stored' })]),
  })
})

it('every verdict is a decision with its leaf and event, which name the document and nobody', async () => {
  merchantId = await inReview()
  const [front] = await uploadCard()
  await accept(front?.id ?? '')
  await reject(front?.id ?? '', ['document_of_another', 'document_altered'], 'luis')

  const { data } = await merchantHandlers(world).listMerchantDecisions({ merchantId, query: {} }, call('decisions'))
  expect(data).toMatchObject([
    {
      ...{ action: 'rejectDocument', actor: 'luis', documentId: front?.id, caseId: null, note: null },
      reasons: [{ code: 'document_of_another' }, { code: 'document_altered' }],
    },
    { action: 'acceptDocument', actor: 'ana', documentId: front?.id, reasons: [] },
  ])
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })
  expect(
    events.filter(({ objectId }) => objectId === front?.id).map(({ type, status }) => `${type} ${status}`),
  ).toEqual([...['document.stored stored', 'document.accepted stored', 'document.rejected rejected']])
  expect(events.at(-1)?.sequence, 'the leaf of the decision').toBe(
    (await world.ledger.findTransaction(tenant.id, data[0]?.transactionId ?? ''))?.sequence,
  )
})

it('two who reject the two sides of a card at once both count, and what was kept of before still does', async () => {
  merchantId = await inReview()
  const [front, back] = await uploadCard()
  const second = await upload(plainJpeg(60, 60), { kind: 'identityFront' })
  await Promise.all([reject(front?.id ?? ''), reject(back?.id ?? '', ['document_cut_off'])])
  expect(
    (await requirements()).errors.map(({ code }) => code),
    'the newer front is there',
  ).toEqual(['document_cut_off'])
  await upload(plainJpeg(61, 61), { kind: 'identityBack' })
  expect((await requirements()).currentlyDue).toEqual([])
  const newest = await upload(plainJpeg(62, 62), { kind: 'identityFront' })
  await Promise.all([reject(second.id), reject(newest.id)])
  expect(await requirements()).toMatchObject({ currentlyDue: ['documentImage'], errors: [unreadable('identityFront')] })
})

it('while somebody works on the review nobody else judges, nor of whoever is closed', async () => {
  merchantId = await inReview()
  const [front] = await uploadCard()
  await merchantHandlers(world).assignMerchant({ merchantId, body: { to: 'ana' } }, call('assign'))
  await expect(reject(front?.id ?? '', ['document_altered'], 'luis')).rejects.toMatchObject({
    ...{ code: 'review_assigned', facts: { assignedTo: 'ana' } },
  })
  expect((await accept(front?.id ?? '', 'Ana')).verdict?.by).toBe('Ana')
  const body = { actor: 'ana', reasons: ['rules_not_met' as const] }
  await merchantHandlers(world).rejectMerchant({ merchantId, body }, call('rejectMerchant'))
  await expect(reject(front?.id ?? '')).rejects.toMatchObject({ code: 'merchant_wrong_status' })
})

/** A merchant of tier 1 who has given the next tier's evidence and asks for it. */
async function upgrading(): Promise<void> {
  const { id } = await merchantHandlers(world).createMerchant({ body: aMerchant() }, call('create'))
  merchantId = id
  await submit(world, tenant, id)
  const body = { place: { municipality: '0101', address: '4a calle 5-60, zona 1' } }
  await merchantHandlers(world).updateMerchant({ merchantId, body }, call('update'))
}
const upgrade = () => merchantHandlers(world).upgradeMerchant({ merchantId }, call('upgrade'))
const approveBy = (actor: string) =>
  merchantHandlers(world).approveMerchant({ merchantId, body: { actor } }, call('approve'))

it('nobody goes up a tier with a document that was not accepted; nothing stops meanwhile', async () => {
  await upgrading()
  const [front] = await uploadCard()
  await upgrade()
  await approveBy('ana')
  await reject(front?.id ?? '')

  const refusal = { code: 'requirements_missing', facts: { currentlyDue: 'documentImage' } }
  await expect(approveBy('luis')).rejects.toMatchObject(refusal)
  expect(await get()).toMatchObject({
    ...{ status: 'active', tier: 1, requestedTier: 2, notice: null },
    requirements: {
      ...{ currentlyDue: [], eventuallyDue: ['documentImage'], pendingVerification: ['address'] },
      errors: [unreadable('identityFront')],
    },
  })
  await upload(plainJpeg(50, 50), { kind: 'identityFront' })
  expect((await get()).requirements).toMatchObject({ pendingVerification: ['documentImage', 'address'], errors: [] })
  expect((await approveBy('luis')).tier, 'the first who can have seen the new picture').toBe(1)
  expect((await approveBy('ana')).tier).toBe(2)
})

it('of somebody active the document may be missing for the days of the policy, then stops; another one mends it', async () => {
  await upgrading()
  const [front] = await uploadCard()
  await upgrade()
  await approveBy('ana')
  await approveBy('luis')

  await reject(front?.id ?? '')

  const asked = await get()
  expect(asked).toMatchObject({
    ...{ status: 'active', tier: 2, notice: { action: 'remind', reasons: [{ code: 'document_rejected' }] } },
    ...{ capabilities: { acceptPayments: { status: 'active' } } },
    requirements: { currentlyDue: ['documentImage'], errors: [unreadable('identityFront')], disabledReason: null },
  })
  const deadline = Date.parse(asked.requirements.currentDeadline ?? '')
  expect(deadline - world.clock.now().getTime()).toBeGreaterThan(20 * 86_400_000)
  world.clock.advance((deadline - world.clock.now().getTime()) / 1000 - 1)
  await runDue()
  expect((await get()).status).toBe('active')
  world.clock.advance(2)
  await runDue()
  expect(await get()).toMatchObject({
    ...{ status: 'restricted', notice: { reasons: [{ code: 'requirement_overdue' }] } },
    requirements: { pastDue: ['documentImage'], errors: [unreadable('identityFront')] },
  })

  await upload(plainJpeg(50, 50), { kind: 'identityFront' })
  expect(await get()).toMatchObject({ status: 'active', notice: null, requirements: { currentlyDue: [], errors: [] } })
})
