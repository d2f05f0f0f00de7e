import { createHash } from 'node:crypto'
import type { DocumentKind } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { dueWorkerOf } from '../testing/due-work.ts'
import { aConsumer, aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { consumerDocumentHandlers, merchantDocumentHandlers } from './handlers.ts'
import { memoryStorage, type ObjectStorage } from './storage/object-storage.ts'
import { aPdf, phoneJpeg, plainJpeg, SECRETS } from './testing/samples.ts'
import type { VerdictDeps } from './verdict.ts'
import { documentDueHandlers } from './worker.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

let tenant: TenantProfile
let merchantId: string
let storage: ObjectStorage
let deps: VerdictDeps
beforeEach(async () => {
  tenant = await aTenant(world)
  storage = memoryStorage()
  deps = { ...world, storage }
  merchantId = (await merchantHandlers(world).createMerchant({ body: aMerchant() }, aCall(tenant, 'create'))).id
})

const documents = () => merchantDocumentHandlers(deps)
const call = (operation = 'any', key?: string) => aCall(tenant, operation, key)
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const nameOf = (documentId: string): string => `${tenant.id}/${documentId}`

interface About {
  readonly kind?: DocumentKind
  readonly sha256?: string
  readonly expiresOn?: string
}

const begin = (file: Uint8Array, about: About = {}) => {
  const body = { kind: 'identityFront', byteLength: file.length, sha256: sha256(file), ...about } as const
  return documents().createMerchantDocument({ merchantId, body }, call('createMerchantDocument'))
}
const add = (documentId: string, offset: number, body: Uint8Array) =>
  documents().addMerchantDocumentPart({ merchantId, documentId, query: { offset }, body }, call())
const complete = (documentId: string, key?: string) =>
  documents().completeMerchantDocument({ merchantId, documentId }, call('completeMerchantDocument', key))
const get = (documentId: string) => documents().getMerchantDocument({ merchantId, documentId }, call())
const view = (documentId: string, actor = 'ana') =>
  documents().viewMerchantDocument({ merchantId, documentId, body: { actor } }, call('viewMerchantDocument'))

async function upload(file: Uint8Array, about: About = {}) {
  const { id } = await begin(file, about)
  await add(id, 0, file)
  return complete(id)
}

const runDue = () => dueWorkerOf(world, [tenant], documentDueHandlers(deps)).runDue()

const partsOf = async (documentId: string): Promise<number> => {
  const sql = 'select part_offset from document_parts where tenant_id = $1 and document_id = $2'
  return (await world.db.query(sql, [toUuid(tenant.id, 'ten'), toUuid(documentId, 'doc')])).length
}

const eventsOf = async () =>
  (await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 }))
    .map(({ type }) => type)
    .filter((type) => type.startsWith('document.'))

it('part after part, each at its offset; then it is checked, cleaned, sealed and stored', async () => {
  const file = phoneJpeg()
  const { id, ...begun } = await begin(file, { expiresOn: '2027-01-31' })
  expect(begun).toMatchObject({
    kind: 'identityFront',
    status: 'uploading',
    receivedBytes: 0,
    contentType: null,
    uploadExpiresAt: '2026-11-25T12:00:00.000Z',
  })
  await expect(complete(id)).rejects.toMatchObject({ code: 'document_incomplete', facts: { offset: '0' } })

  expect((await add(id, 0, file.subarray(0, 500))).receivedBytes).toBe(500)
  await add(id, 500, file.subarray(500))
  const stored = await complete(id)

  expect(stored).toMatchObject({
    status: 'stored',
    contentType: 'image/jpeg',
    size: { width: 40, height: 24 },
    expiresOn: '2027-01-31',
    uploadExpiresAt: null,
  })
  expect(await get(id)).toEqual(stored)
  expect(await partsOf(id), 'the parts are gone').toBe(0)
  expect(await eventsOf()).toEqual(['document.stored'])
})

it('what is stored opens only under the key of its person, and nothing of the phone is in it', async () => {
  const { id } = await upload(phoneJpeg())

  const sealed = (await storage.get(nameOf(id))) ?? new Uint8Array()
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('JFIF')
  const { fileName, bytes } = await view(id)
  expect(fileName).toBe(`${id}.jpg`)
  const seen = Buffer.from(bytes).toString('latin1')
  expect(seen).toContain('JFIF')
  for (const secret of SECRETS) expect(seen).not.toContain(secret)
  const other = await merchantHandlers(world).createMerchant({ body: aMerchant() }, call('create'))
  const open = (personId: string) =>
    world.personalData.openFor(world.db, { tenantId: tenant.id, personId }, `document/${id}`, sealed)
  expect(await open(merchantId)).toEqual(Uint8Array.from(bytes))
  await expect(open(other.id), 'somebody else’s key').rejects.toThrow('do not open')
})

it('nothing of a file is in clear in the database while it is uploaded', async () => {
  const file = Buffer.concat([plainJpeg(), Buffer.from('a canary in the coal mine')])
  const { id } = await begin(file)
  await add(id, 0, file)
  const rows = await world.db.query<{ text: string }>(
    `select encode(p.sealed, 'escape') || encode(d.sealed_hash, 'hex') as text
     from document_parts p join documents d on d.tenant_id = p.tenant_id and d.id = p.document_id
     where p.tenant_id = $1`,
    [toUuid(tenant.id, 'ten')],
  )

  expect(rows).toHaveLength(1)
  expect(rows[0]?.text).not.toContain('canary')
  expect(rows[0]?.text).not.toContain(sha256(file))
})

it('a part whose answer was lost is not taken twice, and where to go on is told', async () => {
  const file = plainJpeg()
  const { id } = await begin(file)
  await add(id, 0, file.subarray(0, 100))

  await expect(add(id, 0, file.subarray(0, 100))).rejects.toMatchObject({
    code: 'document_offset_wrong',
    facts: { offset: '100' },
  })
  await expect(add(id, 200, file.subarray(200, 300)), 'a hole').rejects.toMatchObject({ code: 'document_offset_wrong' })
  await expect(add(id, 100, file), 'more than announced').rejects.toMatchObject({ code: 'document_part_too_long' })
  expect((await add(id, 100, new Uint8Array())).receivedBytes, 'no bytes change nothing').toBe(100)
  await add(id, 100, file.subarray(100))
  expect((await complete(id)).status).toBe('stored')
})

it('of parts that are sent at once for one place exactly one is taken', async () => {
  const file = plainJpeg()
  const { id } = await begin(file)

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => add(id, 0, file)))

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await get(id)).receivedBytes).toBe(file.length)
  expect((await complete(id)).status).toBe('stored')
})

it('finishing again gives the same, with the key and without; at once, too', async () => {
  const file = plainJpeg()
  const { id } = await begin(file)
  await add(id, 0, file)

  const [first, second] = await Promise.all([complete(id, 'k1'), complete(id)])
  expect(second).toEqual(first)
  expect(await complete(id, 'k1')).toEqual(first)
  expect(await complete(id)).toEqual(first)
  expect(await eventsOf()).toEqual(['document.stored'])
  await expect(add(id, file.length, new Uint8Array())).rejects.toMatchObject({ code: 'document_wrong_status' })
})

it.each<[reason: string, file: Uint8Array, about: About]>([
  ['hashMismatch', plainJpeg(), { sha256: '0'.repeat(64) }],
  ['typeUnsupported', Buffer.from('<svg onload="x()"></svg>'), {}],
  ['broken', plainJpeg().subarray(0, -50), {}],
  ['pdfActive', aPdf('3 0 obj\n<< /S /Launch >>\nendobj'), {}],
])(
  'a file is refused as %s: told to the person, kept nowhere, and still so when asked again',
  async (reason, file, about) => {
    const { id } = await begin(file, about)
    await add(id, 0, file)
    const refused = { code: 'document_refused', facts: { reason }, errors: [{ pointer: '', code: reason }] }

    await expect(complete(id, 'k')).rejects.toMatchObject(refused)
    await expect(complete(id, 'k')).rejects.toMatchObject(refused)
    expect(await get(id)).toMatchObject({ status: 'refused', refusal: { code: reason, messageEs: expect.any(String) } })
    expect([await partsOf(id), await storage.get(nameOf(id))]).toEqual([0, undefined])
    await expect(view(id)).rejects.toMatchObject({ code: 'document_wrong_status' })
  },
)

it('an upload that nobody finishes lapses after a day, with what was there', async () => {
  const file = plainJpeg()
  const { id } = await begin(file)
  await add(id, 0, file.subarray(0, 100))
  await storage.put(nameOf(id), file) // as if cut short between storing and committing

  world.clock.advance(24 * 3600 + 1)
  await runDue()

  expect(await get(id)).toMatchObject({ status: 'lapsed', uploadExpiresAt: null })
  expect([await partsOf(id), await storage.get(nameOf(id))]).toEqual([0, undefined])
  await expect(add(id, 100, file.subarray(100))).rejects.toMatchObject({ code: 'document_wrong_status' })
  await expect(complete(id)).rejects.toMatchObject({ code: 'document_wrong_status' })
})

it('a document is valid to the end of its last day where its tenant is, and can be looked at afterwards', async () => {
  const today = new Date(world.clock.now().getTime() - 6 * 3_600_000).toISOString().slice(0, 10)
  const { id } = await upload(plainJpeg(), { expiresOn: today })
  const midnight = Date.parse(`${today}T00:00:00Z`) + 30 * 3_600_000 // in Guatemala, UTC-6

  world.clock.advance((midnight - world.clock.now().getTime()) / 1000 - 1)
  await runDue()
  expect((await get(id)).status).toBe('stored')
  world.clock.advance(2)
  await runDue()
  expect((await get(id)).status).toBe('expired')
  expect(await eventsOf()).toEqual(['document.stored', 'document.expired'])
  expect((await view(id)).bytes.length).toBeGreaterThan(0)
  await expect(begin(plainJpeg(), { expiresOn: today }), 'over').rejects.toMatchObject({
    code: 'document_date_invalid',
  })
})

it('who looks is written down before the first byte is given, also when there is nothing to give', async () => {
  const { id } = await upload(aPdf())
  await view(id, 'ana')
  await storage.delete(nameOf(id))
  await expect(view(id, 'luis')).rejects.toThrow('missing from the storage')

  const { data } = await documents().listMerchantDocumentViews({ merchantId, documentId: id, query: {} }, call())
  expect(data.map(({ actor }) => actor)).toEqual(['luis', 'ana'])
})

it('a storage that does not answer is told as such, and the upload goes on when it is back', async () => {
  const file = plainJpeg()
  const { id } = await begin(file)
  await add(id, 0, file)
  const away = { ...storage, put: () => Promise.reject(new Error('connection refused')) }
  const handlers = merchantDocumentHandlers({ ...deps, storage: away })
  const path = { merchantId, documentId: id }
  await expect(handlers.completeMerchantDocument(path, call('complete', 'k'))).rejects.toMatchObject({
    code: 'unavailable',
  })

  expect((await complete(id, 'k')).status).toBe('stored')
})

it('five uploads at a time, and no documents of whoever is rejected or closed', async () => {
  const uploads = await Promise.all(Array.from({ length: 5 }, () => begin(plainJpeg())))
  await expect(begin(plainJpeg())).rejects.toMatchObject({ code: 'document_limit_reached', facts: { limit: '5' } })
  const [first] = uploads
  await add(first?.id ?? '', 0, plainJpeg())
  await complete(first?.id ?? '')
  await begin(plainJpeg())

  await world.db.query(`update registrations set status = 'closed' where tenant_id = $1`, [toUuid(tenant.id, 'ten')])
  await expect(begin(plainJpeg())).rejects.toMatchObject({ code: 'merchant_wrong_status' })
})

it('a document is found only under its own person, tenant and kind', async () => {
  const { id: documentId } = await upload(plainJpeg())
  const { id: consumerId } = await consumerHandlers(world).createConsumer({ body: aConsumer() }, call('create'))
  const { id: otherId } = await merchantHandlers(world).createMerchant({ body: aMerchant() }, call('create'))
  const other = await aTenant(world)

  await expect(documents().getMerchantDocument({ merchantId: otherId, documentId }, call())).rejects.toMatchObject({
    code: 'document_not_found',
  })
  const ofConsumer = consumerDocumentHandlers(deps).getConsumerDocument({ consumerId, documentId }, call())
  await expect(ofConsumer).rejects.toMatchObject({ code: 'document_not_found' })
  await expect(
    documents().viewMerchantDocument({ merchantId, documentId, body: { actor: 'ana' } }, aCall(other, 'view')),
  ).rejects.toMatchObject({ code: 'merchant_not_found' })
  await expect(get('doc_00000000000000000000000000')).rejects.toMatchObject({ code: 'document_not_found' })
})

it('a consumer’s documents are handled alike, and lists are newest first', async () => {
  const { id: consumerId } = await consumerHandlers(world).createConsumer({ body: aConsumer() }, call('create'))
  const handlers = consumerDocumentHandlers(deps)
  const file = plainJpeg()
  const ids: string[] = []
  for (const kind of ['identityFront', 'identityBack', 'selfie'] as const) {
    const body = { kind, byteLength: file.length, sha256: sha256(file) }
    const { id: documentId } = await handlers.createConsumerDocument({ consumerId, body }, call('create'))
    await handlers.addConsumerDocumentPart({ consumerId, documentId, query: { offset: 0 }, body: file }, call())
    await handlers.completeConsumerDocument({ consumerId, documentId }, call('complete'))
    ids.unshift(documentId)
  }

  const first = await handlers.listConsumerDocuments({ consumerId, query: { limit: 2 } }, call())
  const query = { after: first.nextCursor ?? '' }
  const second = await handlers.listConsumerDocuments({ consumerId, query }, call())
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
})

it('an export has each document with who looked and how to get it; whoever is erased has none to look at or go on with', async () => {
  const { id } = await upload(plainJpeg())
  const open = await begin(aPdf())
  await view(id)
  const { parts } = await merchantHandlers(world).exportMerchant({ merchantId }, call('exportMerchant'))
  expect(parts.find(({ name }) => name === 'documents')?.data).toMatchObject([
    { id: open.id, status: 'uploading', content: null, views: [] },
    {
      id,
      status: 'stored',
      content: { method: 'POST', path: `/v1/merchants/${merchantId}/documents/${id}/view` },
      verdict: null,
      views: [{ time: world.clock.now().toISOString() }],
    },
  ])

  await merchantHandlers(world).eraseMerchant({ merchantId, body: { actor: 'ana' } }, call('eraseMerchant'))

  for (const refused of [() => view(id), () => add(open.id, 0, aPdf()), () => complete(open.id)])
    await expect(refused()).rejects.toMatchObject({ code: 'person_erased' })
})

/** What erasing the person writes for their documents. */
const eraseMerchant = () =>
  world.db.query(
    `insert into due (tenant_id, kind, reference, due_at)
     select $1, 'document.erase', d.id::text, $3 from documents d where d.tenant_id = $1 and d.registration_id = $2`,
    [toUuid(tenant.id, 'ten'), toUuid(merchantId, 'mer'), world.clock.now()],
  )

it('of whoever is erased the contents are deleted, also when the storage was away at first', async () => {
  const { id } = await upload(plainJpeg())
  const open = await begin(aPdf())
  await add(open.id, 0, aPdf())
  await eraseMerchant()
  let failures = 1
  const flaky: ObjectStorage = {
    ...storage,
    async delete(name) {
      if (failures-- > 0) throw new Error('connection refused')
      await storage.delete(name)
    },
  }
  deps = { ...deps, storage: flaky }

  await runDue()
  world.systemClock.advance(10)
  await runDue()

  expect(await storage.get(nameOf(id))).toBeUndefined()
  expect([await partsOf(id), await partsOf(open.id)]).toEqual([0, 0])
  const left = await world.db.query('select 1 from documents where tenant_id = $1', [toUuid(tenant.id, 'ten')])
  expect(left).toEqual([])
})
