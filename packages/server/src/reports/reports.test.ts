import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStatementShop, type StatementShop } from '../testing/statement-shop.ts'

let shop: StatementShop
let names: { shop: string; payer: string }
beforeAll(async () => {
  shop = await openStatementShop()
  names = {
    shop: `Liabilities:MerchantWallet:${shop.shop.accountId.slice(4)}`,
    payer: `Liabilities:ConsumerWallet:${shop.payer.accountId.slice(4)}`,
  }
})
afterAll(() => shop.server.stop())

const report = (body: object) => shop.client.post('/v1/reports', body)

it.each([
  ['csv', 'text/csv; charset=utf-8', 'csv'],
  ['hledger', 'text/plain; charset=utf-8', 'journal'],
  ['beancount', 'text/plain; charset=utf-8', 'beancount'],
])('%s is a file: %s, .%s', async (format, type, ending) => {
  const { status, headers } = await report({ format, from: '2026-11-01' })

  expect([status, headers['content-type']]).toEqual([200, type])
  expect(headers['content-disposition']).toBe(`attachment; filename="gtbank-2026-11-01-2026-11-04.${ending}"`)
})

it('hledger: what was before is opened, money is posted, a hold is a comment, balances are asserted', async () => {
  const { text } = await report({ format: 'hledger', from: '2026-11-01' })

  expect(text).toContain(`account ${names.shop}  ; type:L\n`)
  expect(text).toContain(`2026-11-01 * Opening balances\n`)
  expect(text).toMatch(new RegExp(` {4}${names.payer} {2}-90\\.00 GTQ\n {4}Equity:OpeningBalances {2}90\\.00 GTQ\n`))
  expect(text).toMatch(/\n2026-11-03 \* \(\d+\) payment\.completed\n {4}; transaction:txn_\w+\n {4}; sequence:\d+\n/)
  expect(text).toContain(`    ${names.payer}  20.50 GTQ\n    ${names.shop}  -20.50 GTQ\n`)
  expect(text).toMatch(/\n; 2026-11-04 \(\d+\) payment\.held txn_\w+ moves no money\n; hold hld_\w+ of 1\.00 GTQ from /)
  expect(text).toContain(`    ${names.payer}  0 GTQ = -74.50 GTQ\n`)
  expect(text).not.toContain('2026-10-30 *')
})

it('beancount: balances are asserted on the next morning, without tolerance', async () => {
  const { text } = await report({ format: 'beancount' })

  expect(text).toContain(`2026-10-30 open ${names.shop} GTQ\n`)
  expect(text).toContain(`  ${names.payer}  10.00 GTQ\n  ${names.shop}  -10.00 GTQ\n`)
  expect(text).toMatch(/ {2}paymentId: "pay_\w+"\n/)
  expect(text).toContain(`2026-11-05 balance ${names.shop} -25.50 ~ 0.00 GTQ\n`)
  expect(text).not.toContain('OpeningBalances')
})

it('csv: a row for each transfer, holds too, under the names of the API', async () => {
  const { text } = await report({ format: 'csv', to: '2026-11-03' })

  const rows = parse(text, { columns: true }) as Record<string, string>[]
  expect(rows.map(({ date, kind, amount }) => [date, kind, amount])).toEqual([
    ['2026-10-30', 'posted', '100.00'],
    ['2026-10-30', 'posted', '10.00'],
    ['2026-11-02', 'pending', '20.50'],
    ['2026-11-03', 'postPending', '20.50'],
    ['2026-11-03', 'posted', '5.00'],
  ])
  expect(rows[1]).toMatchObject({
    debitAccountId: shop.payer.accountId,
    debitPurpose: 'consumerWallet',
    creditPurpose: 'merchantWallet',
    currency: 'GTQ',
    references: expect.stringMatching(/^merchantId=mer_\w+ paymentId=pay_\w+ paymentRequestId=req_\w+$/),
  })
})

it.each([
  // body, field, rule, why
  [{ format: 'xlsx' }, '/format', 'enum', 'no such form'],
  [{}, '/format', 'required', 'which?'],
  [{ format: 'csv', from: '2026-02-30' }, '/from', 'date_invalid', 'no such day'],
  [{ format: 'csv', from: '2026-11-04', to: '2026-11-03' }, '/to', 'period_reversed', 'it ends before it begins'],
])('%j is refused at %s by %s: %s', async (body, pointer, code, _why) => {
  expect((await report(body)).body).toMatchObject({ status: 400, errors: [{ pointer, code }] })
})
