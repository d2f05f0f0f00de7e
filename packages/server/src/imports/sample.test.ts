import { readFileSync } from 'node:fs'
import type { CountryCode } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { importFile, jsonLines } from '../testing/importing.ts'
import { readSample, type SampleRow } from '../testing/merchants-csv.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

const COUNTRIES: readonly CountryCode[] = ['GT', 'HN', 'SV']
const SAMPLE = readSample()
const SAMPLE_FILE = readFileSync(new URL('../../../../test/data/merchants.csv', import.meta.url))
/** Rows of a country that nobody serves go to all three. */
const ofCountry = (country: CountryCode): SampleRow[] =>
  SAMPLE.filter(({ row }) => row.country === country || row.country === 'XX')

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

it('has the whole file', () => {
  expect(SAMPLE).toHaveLength(400)
  expect(SAMPLE.filter(({ row }) => !/^(GT|HN|SV|XX)$/.test(row.country))).toEqual([])
})

it.each(COUNTRIES)('%s: every row has the outcome that the file expects', async (country) => {
  const tenant = await aTenant(world, country)
  const sample = ofCountry(country)
  const { id, rows } = await importFile(world, tenant, jsonLines(sample.map(({ row }) => row)))

  expect(rows.map(({ row, externalId, outcome }) => [row, externalId, outcome])).toEqual(
    sample.map(({ row, expected }, index) => [index + 1, row.externalId, expected]),
  )
  const active = sample.filter(({ expected }) => expected === 'active')
  expect(await importHandlers(world).getImport({ importId: id }, aCall(tenant, 'getImport'))).toMatchObject({
    status: 'completed',
    rowCount: sample.length,
    acceptedCount: active.length,
    refusedCount: sample.length - active.length,
  })
  const stored = await world.db.query<{ count: bigint }>(
    `select count(*) as count from registrations r
     join import_rows i on i.registration_id = r.id and i.tenant_id = r.tenant_id where r.country = $1`,
    [country],
  )
  expect(Number(stored[0]?.count)).toBe(active.length)
})

it('the file as it is: rows of other countries are refused, the others end as they should', async () => {
  const tenant = await aTenant(world, 'HN')
  const { rows } = await importFile(world, tenant, SAMPLE_FILE, { mediaType: 'text/csv' })

  expect(rows.map(({ outcome }) => outcome)).toEqual(
    SAMPLE.map(({ row, expected }) => (row.country === 'HN' ? expected : 'country_unsupported')),
  )
})

it('a name like a formula is a name', async () => {
  const tenant = await aTenant(world, 'GT')
  const formula = SAMPLE.filter(({ row }) => row.country === 'GT' && row.tradeName.startsWith('=HYPERLINK'))
  const { rows } = await importFile(world, tenant, jsonLines(formula.map(({ row }) => row)))

  const merchantId = rows[0]?.registrationId ?? ''
  expect(await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).toMatchObject({
    tradeName: '=HYPERLINK("http://x","Taller Rosa")',
    status: 'active',
    tier: 1,
    externalId: formula[0]?.row.externalId,
    capabilities: { acceptPayments: { status: 'active' } },
  })
})
