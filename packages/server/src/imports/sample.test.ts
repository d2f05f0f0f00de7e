import type { CountryCode } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { merchantHandlers } from '../merchants/handlers.ts'
import { readSample, type SampleRow } from '../testing/merchants-csv.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

const COUNTRIES: readonly CountryCode[] = ['GT', 'HN', 'SV']
const SAMPLE = readSample()
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

it.each(COUNTRIES)(
  '%s: every row has the outcome that the file expects, also when it is sent again',
  async (country) => {
    const tenant = await aTenant(world, country)
    const sample = ofCountry(country)
    const handlers = importHandlers(world)
    const body = { kind: 'merchants', name: 'merchants.csv' } as const
    const { id: importId } = await handlers.createImport({ body }, aCall(tenant, 'createImport', 'file-hash', body))
    const send = async (chunkSize: number) => {
      const outcomes = []
      for (let at = 0; at < sample.length; at += chunkSize) {
        const rows = sample.slice(at, at + chunkSize).map(({ row }) => row)
        outcomes.push(
          ...(await handlers.addImportRows({ importId, body: { rows } }, aCall(tenant, 'addImportRows'))).data,
        )
      }
      return outcomes
    }

    const outcomes = await send(100)
    expect(outcomes.map(({ row, outcome }) => [row, outcome])).toEqual(
      sample.map(({ row, expected }) => [row.row, expected]),
    )
    expect(await send(37)).toEqual(outcomes)

    const active = sample.filter(({ expected }) => expected === 'active')
    expect(await handlers.getImport({ importId }, aCall(tenant, 'getImport'))).toMatchObject({
      acceptedCount: active.length,
      refusedCount: sample.length - active.length,
    })
    const stored = await world.db.query<{ count: bigint }>(
      'select count(*) as count from registrations r join import_rows i on i.merchant_id = r.id and i.tenant_id = r.tenant_id where r.country = $1',
      [country],
    )
    expect(Number(stored[0]?.count)).toBe(active.length)
    expect(await world.ledger.headSequence(tenant.id)).toBe(active.length)
  },
)

it('a name like a formula is a name', async () => {
  const tenant = await aTenant(world, 'GT')
  const formula = SAMPLE.find(({ row }) => row.country === 'GT' && row.tradeName.startsWith('=HYPERLINK'))
  const rows = formula ? [formula.row] : []
  const handlers = importHandlers(world)
  const body = { kind: 'merchants', name: 'x' } as const
  const { id: importId } = await handlers.createImport({ body }, aCall(tenant, 'createImport'))
  const { data } = await handlers.addImportRows({ importId, body: { rows } }, aCall(tenant, 'addImportRows'))

  const merchantId = data[0]?.merchantId ?? ''
  expect(await merchantHandlers(world).getMerchant({ merchantId }, aCall(tenant, 'getMerchant'))).toMatchObject({
    tradeName: '=HYPERLINK("http://x","Taller Rosa")',
    status: 'active',
    tier: 1,
    externalId: formula?.row.externalId,
    capabilities: { acceptPayments: { status: 'active' } },
  })
})
