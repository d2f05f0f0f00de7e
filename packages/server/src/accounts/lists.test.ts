import { afterAll, beforeAll, expect, it } from 'vitest'
import { ManualClock } from '../platform/runtime/clock.ts'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'

let server: RunningServer
let client: Client
let shop: { id: string; accountId: string }
let payer: { id: string; accountId: string }
let held: { id: string; transactionId: string; sequence: number }
beforeAll(async () => {
  const clock = new ManualClock('2026-11-24T12:00:00Z')
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true, clock })
  client = clientOf(server)
  shop = await register(client, 'merchants')
  payer = await register(client, 'consumers')
  await client.post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount: quetzales('50.00') })
  clock.advance(60)
  held = await pay('10.00', 'later')
  await client.post(`/v1/payments/${held.id}/confirm`)
  await pay('5.00', 'now')
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })

async function pay(amount: string, confirmation: string): Promise<typeof held> {
  const { body: request } = await client.post('/v1/payment-requests', {
    merchantId: shop.id,
    amount: quetzales(amount),
  })
  const { body } = await client.post('/v1/payments', {
    payerAccountId: payer.accountId,
    qr: request.qr.payload,
    confirmation,
  })
  return body
}

/** Names in a filter as the ids that they got. */
const named = (filter: string): string =>
  filter
    .replaceAll('SHOP', shop.accountId)
    .replaceAll('PAYER', payer.accountId)
    .replaceAll('PAYMENT', held.id)
    .replaceAll('SEQUENCE', String(held.sequence))

it.each<[filter: string, found: string[], why: string]>([
  ['purpose=account.funded', ['account.funded'], 'what it was for'],
  ['accountId=SHOP&purpose=payment.held', ['payment.held'], 'of one account'],
  ['reference=PAYMENT', ['payment.completed', 'payment.held'], 'a payment’s whole story'],
  ['fromSequence=SEQUENCE&toSequence=SEQUENCE', ['payment.held'], 'a stretch of history'],
  ['accountId=PAYER&to=2026-11-24T12:01:00Z', ['account.funded'], 'before a time'],
  ['accountId=PAYER&from=2026-11-24T12:01:00Z&purpose=account.funded', [], 'nothing'],
  ['accountId=acc_00000000000000000000000000', [], 'an account that nobody has'],
  ['accountId=nonsense', [], 'no account at all'],
])('transactions: %s: %j: %s', async (filter, found, _why) => {
  const { body } = await client.get(`/v1/transactions?${named(filter)}`)

  expect(body.data.map(({ purpose }: { purpose: string }) => purpose)).toEqual(found)
})

it.each<[filter: string, found: string[], why: string]>([
  ['', ['5.00', '10.00', '10.00', '50.00'], 'all, newest first'],
  ['kind=pending', ['10.00'], 'the hold'],
  ['direction=credit', ['50.00'], 'what came in'],
  ['purpose=payment.completed', ['5.00', '10.00'], 'what it was for'],
  ['from=2026-11-24T12:01:00Z&direction=debit&kind=posted', ['5.00'], 'everything at once'],
  ['from=2026-11-24T06:01:00-06:00', ['5.00', '10.00', '10.00'], 'a time of another zone'],
])('entries: %s: %j: %s', async (filter, found, _why) => {
  const { body } = await client.get(`/v1/accounts/${payer.accountId}/entries?${filter}`)

  expect(body.data.map(({ amount }: { amount: { amount: string } }) => amount.amount)).toEqual(found)
})

it('accounts: by purpose, owner and status', async () => {
  const ids = async (query: string) =>
    (await client.get(`/v1/accounts?${query}`)).body.data.map(({ id }: { id: string }) => id)

  expect(await ids('purpose=merchantWallet')).toEqual([shop.accountId])
  expect(await ids(`ownerId=${payer.id}&status=open`)).toEqual([payer.accountId])
  expect(await ids('status=closed')).toEqual([])
})

it.each([
  // path, field, rule, why
  ['/v1/transactions?from=yesterday', '/from', 'format', 'no time'],
  ['/v1/transactions?to=2026-11-24', '/to', 'format', 'a day is not a moment'],
  ['/v1/transactions?from=0000-01-01T00:00:00Z', '/from', 'time_out_of_range', 'no database has that year'],
  ['/v1/transactions?to=2016-12-31T23:59:60Z', '/to', 'time_out_of_range', 'a leap second is no time to JavaScript'],
  ['/v1/transactions?fromSequence=0', '/fromSequence', 'minimum', 'the first is 1'],
  ['/v1/accounts?purpose=mattress', '/purpose', 'enum', 'not in the chart'],
  ['/v1/accounts?status=happy', '/status', 'enum', 'no such status'],
])('%s is refused at %s by %s: %s', async (path, pointer, code, _why) => {
  expect((await client.get(path)).body).toMatchObject({ status: 400, errors: [{ pointer, code }] })
})
