import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStatementShop, quetzales, type StatementShop } from '../../testing/statement-shop.ts'

let shop: StatementShop
let path: string
beforeAll(async () => {
  shop = await openStatementShop()
  path = `/v1/accounts/${shop.shop.accountId}/statement`
})
afterAll(() => shop.server.stop())

/** Direction, amount and balance of each entry. */
const movements = (body: { entries: { direction: string; amount: object; balanceAfter: object; date: string }[] }) =>
  body.entries.map(({ date, direction, amount, balanceAfter }) => [date, direction, amount, balanceAfter])

it('JSON: this month until today, unless other days are asked for', async () => {
  const { status, headers, body } = await shop.get(path)

  expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    'application/json',
    undefined,
  ])
  expect(body).toMatchObject({
    account: { id: shop.shop.accountId, purpose: 'merchantWallet', ownerId: shop.shop.id, currency: 'GTQ' },
    ...{ from: '2026-11-01', to: '2026-11-04', timeZone: 'America/Guatemala' },
    openingBalance: quetzales('10.00'),
    closingBalance: quetzales('25.50'),
    closingAvailable: quetzales('25.50'),
    debits: { count: 1, amount: quetzales('5.00') },
    credits: { count: 1, amount: quetzales('20.50') },
  })
  expect(movements(body)).toEqual([
    ['2026-11-03', 'credit', quetzales('20.50'), quetzales('30.50')],
    ['2026-11-03', 'debit', quetzales('5.00'), quetzales('25.50')],
  ])
  expect(body.checkpoint.size).toBeGreaterThanOrEqual(body.throughSequence)
})

it('a hold counts when it is posted; until then only what is available knows of it', async () => {
  const { body } = await shop.get(`/v1/accounts/${shop.payer.accountId}/statement?from=2026-10-30`)

  expect(body).toMatchObject({ closingBalance: quetzales('74.50'), closingAvailable: quetzales('73.50') })
  expect(body.entries.map(({ amount }: { amount: object }) => amount)).toEqual(
    ['100.00', '10.00', '20.50', '5.00'].map(quetzales),
  )
})

it('the days are those of the tenant’s country', async () => {
  const { body: thirtieth } = await shop.get(`${path}?from=2026-10-30&to=2026-10-30`)
  const { body: second } = await shop.get(`${path}?from=2026-10-31&to=2026-11-02`)

  expect(thirtieth).toMatchObject({ openingBalance: quetzales('0.00'), closingBalance: quetzales('10.00') })
  expect(thirtieth.entries).toMatchObject([
    { date: '2026-10-30', time: '2026-10-30T20:00:00.000Z', reference: 'Factura 7', purpose: 'payment.completed' },
  ])
  expect(second).toMatchObject({ openingBalance: quetzales('10.00'), closingBalance: quetzales('10.00'), entries: [] })
})

it.each([
  [
    'es-GT',
    'es',
    'Fecha,Hora,Descripción,Referencia,Débito,Crédito,Saldo,Transacción,Secuencia',
    ['Saldo inicial', 'Pago recibido', 'Devolución hecha', 'Saldo final'],
  ],
  [
    'en',
    'en',
    'Date,Time,Description,Reference,Debit,Credit,Balance,Transaction,Sequence',
    ['Opening balance', 'Payment received', 'Refund given', 'Closing balance'],
  ],
])('CSV in %s', async (accepted, language, heads, descriptions) => {
  const { headers, text } = await shop.get(`${path}?format=csv`, accepted)

  expect([headers['content-type'], headers['content-language']]).toEqual(['text/csv; charset=utf-8', language])
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="statement-acc-\w{26}-2026-11-01-2026-11-04\.csv"$/,
  )
  expect(text.startsWith(`\ufeff${heads}\r\n`)).toBe(true)
  const [, ...rows] = parse(text, { bom: true })
  expect(rows.map((row: string[]) => row[2])).toEqual(descriptions)
  expect(rows.map((row: string[]) => [row[0], ...row.slice(4, 7)])).toEqual([
    ['2026-11-01', '', '', '10.00'],
    ['2026-11-03', '', '20.50', '30.50'],
    ['2026-11-03', '5.00', '', '25.50'],
    ['2026-11-04', '', '', '25.50'],
  ])
})

it('money that the institution moved itself has the name that it was given', async () => {
  const { client, shop: merchant, payer } = shop
  const transfer = { debitAccountId: payer.accountId, creditAccountId: merchant.accountId, amount: quetzales('0.02') }
  const moved = await client.post('/v1/transactions', { purpose: 'bonus', transfers: [transfer], reference: 'Feria' })

  const { text } = await shop.get(`${path}?format=csv`, 'es')

  expect(moved.status).toBe(201)
  expect(parse(text, { bom: true })).toContainEqual(
    expect.arrayContaining(['2026-11-04', 'Traslado recibido', 'Feria', '0.02', moved.body.id]),
  )
})

it('a name that a spreadsheet would run is text', async () => {
  const { client, shop: merchant, payer } = shop
  const ask = { merchantId: merchant.id, amount: quetzales('0.01'), reference: '=HYPERLINK("http://x","Pague aquí")' }
  const { body: request } = await client.post('/v1/payment-requests', ask)
  await client.post('/v1/payments', { payerAccountId: payer.accountId, qr: request.qr.payload })

  const { text } = await shop.get(`${path}?format=csv`)

  expect(parse(text, { bom: true }).flat()).toContain('\'=HYPERLINK("http://x","Pague aquí")')
})

it.each([
  // query, field, rule, why
  ['from=2026-02-30', '/from', 'date_invalid', 'no such day'],
  ['from=2026-11-03&to=2026-11-02', '/to', 'period_reversed', 'it ends before it begins'],
  ['from=yesterday', '/from', 'pattern', 'no day'],
  ['format=xlsx', '/format', 'enum', 'no such form'],
])('%s is refused at %s by %s, in both languages: %s', async (query, pointer, code, _why) => {
  const { body } = await shop.get(`${path}?${query}`, 'es')

  expect(body).toMatchObject({ status: 400, code: 'request_invalid', errors: [{ pointer, code }] })
  expect(body.errors[0].messageEs).not.toBe(body.errors[0].message)
})

it('another tenant’s account, or none, has no statement', async () => {
  const { body } = await shop.get('/v1/accounts/acc_00000000000000000000000000/statement?format=csv')

  expect(body).toMatchObject({ status: 404, code: 'account_not_found' })
})
