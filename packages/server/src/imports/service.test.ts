import type { ImportRow, MerchantRow } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aMerchant } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

it('the same key gives the same import; another key, another import', async () => {
  const tenant = await aTenant(world)

  const first = await anImport(tenant, 'file-hash')
  expect(await anImport(tenant, 'file-hash')).toBe(first)
  expect(await anImport(tenant, 'other')).not.toBe(first)
})

it('an accepted row is an active merchant with a wallet and its two events', async () => {
  const tenant = await aTenant(world)
  const [outcome] = await add(tenant, await anImport(tenant), [aRow(1)])

  expect(outcome).toMatchObject({ row: 1, outcome: 'active', merchantId: expect.stringMatching(/^mer_/) })
  const merchantId = outcome?.merchantId ?? ''
  const merchant = await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))
  expect(merchant).toMatchObject({ status: 'active', tier: 1, requirements: { currentlyDue: [] } })
  expect(await world.ledger.findAccount(tenant.id, merchant.accountId ?? '')).toMatchObject({ ownerId: merchantId })
  const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 9 })
  expect(events.map(({ type }) => type)).toEqual(['merchant.created', 'merchant.activated'])
})

it('a row keeps its first outcome, whatever it says the second time', async () => {
  const tenant = await aTenant(world)
  const importId = await anImport(tenant)
  const [good, bad] = [aRow(1), aRow(2, { phone: '1' })]

  const first = await add(tenant, importId, [good, bad])
  const second = await add(tenant, importId, [{ ...good, phone: '1' }, aRow(2), aRow(3)])

  expect(first.map(({ outcome }) => outcome)).toEqual(['active', 'phone_short'])
  expect(second.slice(0, 2)).toEqual(first)
  expect(second[2]).toMatchObject({ outcome: 'active' })
})

it('within a request the row that is earlier in the file wins, however they are sent', async () => {
  const tenant = await aTenant(world)
  const [a, b, c] = [aRow(1), aRow(2), aRow(3)]
  const rows = [
    { ...b, row: 4, phone: aRow(9).phone }, // document of row 2
    { ...a, row: 5, documentNumber: aRow(9).documentNumber }, // phone of row 1
    c,
    b,
    a,
  ]

  const outcomes = await add(tenant, await anImport(tenant), rows)

  expect(outcomes.map(({ row, outcome }) => `${row} ${outcome}`)).toEqual([
    '4 document_duplicate',
    '5 phone_duplicate',
    '3 active',
    '2 active',
    '1 active',
  ])
})

it('a refused row stands in nobody’s way', async () => {
  const tenant = await aTenant(world)
  const mistaken = aRow(1, { categoryCode: 'x' })

  const outcomes = await add(tenant, await anImport(tenant), [mistaken, { ...mistaken, row: 2, categoryCode: '5411' }])

  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['mcc_invalid', 'active'])
})

it('a row of someone who registered otherwise is a duplicate; another import may not have them again', async () => {
  const tenant = await aTenant(world)
  const body = aMerchant()
  await merchantHandlers(world).createMerchant({ body }, aCall(tenant, 'createMerchant'))
  const sameDocument = aRow(1, { documentNumber: body.person.document.number })
  const samePhone = aRow(2, { phone: body.phone })

  const outcomes = await add(tenant, await anImport(tenant), [sameDocument, samePhone])

  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['document_duplicate', 'phone_duplicate'])
})

it('the same row twice in a request is decided once, by the first', async () => {
  const tenant = await aTenant(world)

  const [first, second] = await add(tenant, await anImport(tenant), [aRow(1), aRow(1, { phone: '1' })])

  expect(first).toMatchObject({ outcome: 'active' })
  expect(second).toEqual(first)
})

it('sent by two servers at once, each row is decided once and all get the same answer', async () => {
  const tenant = await aTenant(world)
  const second = shareWorld(world.db)
  const importId = await anImport(tenant)
  const rows = Array.from({ length: 20 }, (_, index) => aRow(index + 1))

  const answers = await Promise.all(
    [world, second, world, second].map((on) => add(tenant, importId, rows, undefined, on)),
  )

  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]?.every(({ outcome }) => outcome === 'active')).toBe(true)
  expect(await count('registrations', tenant)).toBe(20)
  expect(await count('aliases', tenant)).toBe(20)
  expect((await world.ledger.listAccounts(tenant.id, { limit: 100 })).data).toHaveLength(20)
  await second.ledger.stop()
})

it('goes on where it was cut short', async () => {
  const tenant = await aTenant(world)
  const importId = await anImport(tenant)
  const rows = Array.from({ length: 30 }, (_, index) => aRow(index + 1, index % 7 === 6 ? { phone: '1' } : {}))
  const dying = { ...world, ledger: { ...world.ledger, decide: failingAfter(10) } }
  await expect(add(tenant, importId, rows, 'key', dying)).rejects.toThrow('killed')
  const done = await count('registrations', tenant)

  const outcomes = await add(tenant, importId, rows, 'key')

  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(26)
  expect(outcomes.filter(({ outcome }) => outcome === 'active')).toHaveLength(26)
  expect(await count('registrations', tenant)).toBe(26)
})

it('a key that was used with other rows is refused, and nothing is imported', async () => {
  const tenant = await aTenant(world)
  const importId = await anImport(tenant)
  await add(tenant, importId, [aRow(1)], 'key')

  await expect(add(tenant, importId, [aRow(2)], 'key')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  expect(await count('import_rows', tenant)).toBe(1)
})

it('lists the rows in the order of the file, page by page', async () => {
  const tenant = await aTenant(world)
  const importId = await anImport(tenant)
  await add(tenant, importId, [aRow(12), aRow(2), aRow(7, { phone: '1' })])
  const list = (query: { limit?: number; after?: string }) =>
    importHandlers(world).listImportRows({ importId, query }, aCall(tenant, 'listImportRows'))

  const page = await list({ limit: 2 })
  expect(page.data.map(({ row, outcome }) => `${row} ${outcome}`)).toEqual(['2 active', '7 phone_short'])
  const rest = await list({ limit: 2, after: page.nextCursor ?? '' })
  expect(rest).toMatchObject({ data: [{ row: 12 }], nextCursor: null })
  await expect(list({ after: '1 or 1=1' })).rejects.toMatchObject({ code: 'request_invalid' })
})

it('imports of another tenant, and none at all, are not found', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const importId = await anImport(tenant)
  const notFound = { code: 'import_not_found' }

  await expect(add(other, importId, [aRow(1)])).rejects.toMatchObject(notFound)
  await expect(add(other, importId, [aRow(1)], 'key')).rejects.toMatchObject(notFound)
  await expect(add(tenant, 'imp_x', [aRow(1)])).rejects.toMatchObject(notFound)
  await expect(importHandlers(world).getImport({ importId }, aCall(other, 'getImport'))).rejects.toMatchObject(notFound)
  await expect(
    importHandlers(world).listImportRows({ importId, query: {} }, aCall(other, 'listImportRows')),
  ).rejects.toMatchObject(notFound)
})

it('an own id that no database keeps is refused, and shown as far as it can be', async () => {
  const tenant = await aTenant(world)

  const [outcome] = await add(tenant, await anImport(tenant), [aRow(1, { externalId: 'a\u0000b' })])

  expect(outcome).toEqual({ row: 1, externalId: 'a\ufffdb', outcome: 'external_id_invalid', merchantId: null })
})

async function anImport(tenant: TenantProfile, key?: string): Promise<string> {
  const body = { kind: 'merchants', name: 'merchants.csv' } as const
  const created = await importHandlers(world).createImport({ body }, aCall(tenant, 'createImport', key, body))
  return created.id
}

async function add(
  tenant: TenantProfile,
  importId: string,
  rows: MerchantRow[],
  key?: string,
  on: TestWorld = world,
): Promise<ImportRow[]> {
  const call = aCall(tenant, 'addImportRows', key, rows)
  return (await importHandlers(on).addImportRows({ importId, body: { rows } }, call)).data
}

function aRow(row: number, change: Partial<MerchantRow> = {}): MerchantRow {
  const { country, tradeName, categoryCode, phone, person } = aMerchant()
  const { document, ...names } = person
  return {
    row,
    externalId: `R-${row}`,
    country,
    tradeName,
    ...names,
    documentType: document.type,
    documentNumber: document.number,
    phone,
    categoryCode,
    locale: 'es',
    consent: 'yes',
    ...change,
  }
}

/** As if the process were killed: after so many decisions no other comes back. */
function failingAfter(times: number): TestWorld['ledger']['decide'] {
  let left = times
  return (request, plan) => (left-- > 0 ? world.ledger.decide(request, plan) : Promise.reject(new Error('killed')))
}

async function count(table: string, tenant: TenantProfile): Promise<number> {
  return (await world.db.query(`select 1 from ${table} where tenant_id = $1`, [toUuid(tenant.id)])).length
}
