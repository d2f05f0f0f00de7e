import { randomUUID } from 'node:crypto'
import type { CreateMerchant, JournalOperation } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agentHandlers } from '../agents/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { createValidators } from '../platform/http/validators.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aFieldDevice, type FieldDevice } from '../testing/field-device.ts'
import { aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { syncHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const outcomesOf = (results: readonly { outcome: string; problem: { code: string } | null }[]) =>
  results.map(({ outcome, problem }) => (problem === null ? outcome : `${outcome} ${problem.code}`))

async function aField(): Promise<{ tenant: TenantProfile; phone: FieldDevice; other: FieldDevice }> {
  const tenant = await aTenant(world)
  const phone = await aFieldDevice(world, tenant)
  return { tenant, phone, other: await aFieldDevice(world, tenant) }
}

/** Registers, gives the phone's code, submits: all of it offline, of one person whom only a local id names. */
async function aWholeEnrolment(phone: FieldDevice, form: CreateMerchant = aMerchant()): Promise<JournalOperation[]> {
  const subject = randomUUID()
  const create = await phone.operation({ kind: 'createMerchant', subject, body: { ...form } })
  const next = (kind: JournalOperation['kind'], previous: JournalOperation, body = {}) =>
    phone.operation({ kind, subject, previous: previous.id, body })
  const start = await next('startMerchantPhoneVerification', create)
  const confirm = await next('confirmMerchantPhoneVerification', start, { start: start.id, code: '000000' })
  return [create, start, confirm, await next('submitMerchant', confirm)]
}

const merchantsOf = async (tenant: TenantProfile) =>
  (await merchantHandlers(world).listMerchants({ query: { limit: 100 } }, aCall(tenant, 'listMerchants'))).data

it('a journal speaks of a merchant that it registered itself by the local id, to the end', async () => {
  const { tenant, phone } = await aField()

  const results = await phone.send(...(await aWholeEnrolment(phone)))

  expect(outcomesOf(results)).toEqual(['done', 'done', 'done', 'done'])
  const [merchant, ...others] = await merchantsOf(tenant)
  expect(others).toEqual([])
  expect(merchant).toMatchObject({ id: results[0]?.objectId, status: 'active', tier: 1 })
  expect(results[3]?.objectId).toBe(merchant?.id)
})

it('each operation is done once: sent again, in any order, many times at once', async () => {
  const { tenant, phone } = await aField()
  const operations = await aWholeEnrolment(phone)

  const first = await phone.send(...operations)
  const again = await phone.send(...operations.toReversed())
  const atOnce = await Promise.all(Array.from({ length: 6 }, () => phone.send(...operations)))

  expect(again).toEqual(first.toReversed())
  for (const results of atOnce) expect(results).toEqual(first)
  expect(await merchantsOf(tenant)).toHaveLength(1)
})

it('sent for the first time many times at once, each is done once', async () => {
  const { tenant, phone } = await aField()
  const operations = await aWholeEnrolment(phone)

  await Promise.all(Array.from({ length: 6 }, () => phone.send(...operations)))
  const results = await phone.send(...operations)

  expect(outcomesOf(results)).toEqual(['done', 'done', 'done', 'done'])
  expect(await merchantsOf(tenant)).toHaveLength(1)
  const { data } = await agentHandlers(world).listEnrolments({ query: {} }, aCall(tenant, 'listEnrolments'))
  expect(data).toHaveLength(1)
})

it('what depends on a missing operation waits for it, others go ahead', async () => {
  const { tenant, phone } = await aField()
  const [create, ...rest] = await aWholeEnrolment(phone)
  const other = await phone.operation({ kind: 'createMerchant', subject: randomUUID(), body: { ...aMerchant() } })

  const early = await phone.send(...rest, other)

  expect(outcomesOf(early)).toEqual(['waiting', 'waiting', 'waiting', 'done'])
  expect(early[0]?.waitingFor).toBe(create?.id)
  expect(outcomesOf(await phone.send(create as JournalOperation, ...rest))).toEqual(['done', 'done', 'done', 'done'])
  expect(await merchantsOf(tenant)).toHaveLength(2)
})

it('an attestation is kept with who, where and when, and the log commits to it', async () => {
  const { tenant, phone } = await aField()
  const [create] = await aWholeEnrolment(phone)
  const [result] = await phone.send(create as JournalOperation)

  const query = { registrationId: String(result?.objectId), agentId: phone.device.agentId }
  const { data } = await agentHandlers(world).listEnrolments({ query }, aCall(tenant, 'listEnrolments'))

  expect(data).toEqual([
    expect.objectContaining({
      registrationId: result?.objectId,
      agentId: phone.device.agentId,
      deviceId: phone.device.id,
      attestedAt: '2026-11-20T08:00:00.000Z',
      place: { latitude: '15.47', longitude: '-90.37' },
      attestation: create?.attestation,
    }),
  ])
  const transaction = await world.ledger.findTransaction(tenant.id, data[0]?.transactionId ?? '')
  expect(transaction?.purpose).toBe('merchant.created')
  expect(transaction?.events.map(({ type }) => type)).toEqual(['merchant.created', 'merchant.enrolled'])
  expect(transaction?.references).toMatchObject({ agentId: phone.device.agentId, deviceId: phone.device.id })
})

it.each<[string, string, (phone: FieldDevice, operation: JournalOperation, other: FieldDevice) => Promise<unknown>]>([
  ['none at all', 'missing', async () => undefined],
  ['by the key of another device', 'signature', (_, operation, other) => other.attest(operation)],
  ['of a document not seen', 'content', (phone, it) => phone.attest(it, { documentSeen: false as true })],
  ['without consent', 'content', (phone, it) => phone.attest(it, { consentGiven: false as true })],
  ['of a day that does not exist', 'content', (phone, it) => phone.attest(it, { attestedAt: '2026-02-30T25:00:00Z' })],
  ['about another form', 'other_operation', (phone, it) => phone.attest({ ...it, body: { ...aMerchant() } })],
  ['about another operation', 'other_operation', (phone, it) => phone.attest({ ...it, id: randomUUID() })],
  ['for another device', 'other_operation', (phone, it, { device }) => phone.attest(it, { deviceId: device.id })],
])('refuses an attestation %s (%s)', async (_what, reason, attest) => {
  const { tenant, phone, other } = await aField()
  const operation = await phone.operation({ kind: 'createMerchant', subject: randomUUID(), body: { ...aMerchant() } })
  const attestation = (await attest(phone, operation, other)) as string | undefined

  const { attestation: _own, ...bare } = operation
  const [result] = await phone.send({ ...bare, ...(attestation !== undefined && { attestation }) })

  expect(result).toMatchObject({ outcome: 'refused', problem: { code: 'attestation_invalid', facts: { reason } } })
  expect(await merchantsOf(tenant)).toEqual([])
})

it('mistakes of a form are told as the API tells them, for this operation only', async () => {
  const { phone } = await aField()
  const create = (body: object) =>
    phone.operation({ kind: 'createMerchant', subject: randomUUID(), body: { ...aMerchant(), ...body } })

  const results = await phone.send(
    await create({ phone: '123' }),
    await create({ tradeName: 7, unheardOf: 'x' }),
    await create({}),
  )

  expect(outcomesOf(results)).toEqual(['refused registration_invalid', 'refused request_invalid', 'done'])
  expect(results[0]?.problem?.errors).toMatchObject([{ pointer: '/phone' }])
  expect(results[1]?.problem?.errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/tradeName', '/unheardOf'])
})

it('whoever has no document at hand begins on tier 0, by the body of the operation', async () => {
  const { tenant, phone } = await aField()
  const { person: _, ...form } = aMerchant()
  const [create, start, confirm, submit] = await aWholeEnrolment(phone, form)

  const begun = submit && { ...submit, body: { tier: 0 } }
  const results = await phone.send(...[create, start, confirm, begun].flatMap((each) => each ?? []))

  expect(outcomesOf(results)).toEqual(['done', 'done', 'done', 'done'])
  expect(await merchantsOf(tenant)).toMatchObject([{ status: 'active', tier: 0, person: { document: null } }])
})

it('what builds on something refused is refused, and the person can be entered anew under the same local id', async () => {
  const { phone } = await aField()
  const subject = randomUUID()
  const wrong = await phone.operation({ kind: 'createMerchant', subject, body: { ...aMerchant(), phone: '123' } })
  const submit = await phone.operation({ kind: 'submitMerchant', subject, previous: wrong.id })
  const mended = await phone.operation({ kind: 'createMerchant', subject, body: { ...aMerchant() } })

  expect(outcomesOf(await phone.send(wrong, submit, mended))).toEqual([
    'refused registration_invalid',
    'refused sync_previous_refused',
    'done',
  ])
})

it('knows nobody but whom its own journal registered, and whom the server named', async () => {
  const { tenant, phone, other } = await aField()
  const [create] = await aWholeEnrolment(other)
  const [made] = await other.send(create as JournalOperation)
  const submit = (subject: string) => phone.operation({ kind: 'submitMerchant', subject })

  const results = await phone.send(
    await submit(randomUUID()),
    await submit(create?.subject ?? ''),
    await submit(String(made?.objectId).replace('mer_', 'con_')),
    await submit(String(made?.objectId)),
    await submit('mer_00000000000000000000000000'),
  )

  expect(outcomesOf(results)).toEqual([
    'refused sync_subject_unknown',
    'refused sync_subject_unknown',
    'refused sync_subject_unknown',
    'refused requirements_missing',
    'refused merchant_not_found',
  ])
  expect(await merchantsOf(tenant)).toHaveLength(1)
})

it('an id that comes with something else, and a place that is taken, are refused and change nothing', async () => {
  const { phone } = await aField()
  const [create] = (await aWholeEnrolment(phone)) as [JournalOperation]
  const [first] = await phone.send(create)
  const copied = await phone.operation({ kind: 'submitMerchant', subject: create.subject, sequence: create.sequence })

  const results = await phone.send({ ...create, body: { ...create.body, tradeName: 'Otra' } }, copied)

  expect(outcomesOf(results)).toEqual(['refused idempotency_key_reused', 'refused sync_sequence_taken'])
  expect(await phone.send(create)).toEqual([first])
})

it('takes nothing of a suspended agent or a revoked device, and all of it later', async () => {
  const { tenant, phone } = await aField()
  const operations = await aWholeEnrolment(phone)
  const { id: deviceId, agentId } = phone.device
  const agents = agentHandlers(world)
  const decide = (action: 'suspendAgent' | 'reinstateAgent') =>
    agents[action]({ agentId, body: { actor: 'rosa' } }, aCall(tenant, action))

  await decide('suspendAgent')
  await expect(phone.send(...operations)).rejects.toMatchObject({ code: 'agent_wrong_status' })
  await decide('reinstateAgent')
  expect(outcomesOf(await phone.send(...operations))).toEqual(['done', 'done', 'done', 'done'])
  await agents.revokeAgentDevice({ agentId, deviceId }, aCall(tenant, 'revokeAgentDevice'))
  await expect(phone.send(...operations)).rejects.toMatchObject({ code: 'agent_device_revoked' })
})

it('another tenant has no such device', async () => {
  const { phone } = await aField()
  const operations = await aWholeEnrolment(phone)
  const call = aCall(await aTenant(world), 'syncJournal')
  const handlers = syncHandlers({ ...world, validate: createValidators() })
  const sending = handlers.syncJournal({ body: { deviceId: phone.device.id, operations } }, call)

  await expect(sending).rejects.toMatchObject({ code: 'agent_device_not_found' })
})

it('keeps nothing of what was filled in beside the registration itself', async () => {
  const { phone } = await aField()
  const form = aMerchant('GT', { tradeName: 'Zanate Azul' })
  const [create] = await aWholeEnrolment(phone, form)
  const again = await phone.operation({ kind: 'createMerchant', subject: randomUUID(), body: { ...form } })
  await phone.send(create as JournalOperation, again)

  const rows = await world.db.query(
    'select o.*, o.problem::text, o.conflict::text, e.* from sync_operations o full join enrolments e on false',
  )

  const kept = rows.map((row) => Object.values(row).map(String).join(' ')).join('\n')
  expect(kept).toContain('personRegistered')
  for (const word of ['Zanate', form.phone, form.person.document.number, 'Umaña']) expect(kept).not.toContain(word)
})
