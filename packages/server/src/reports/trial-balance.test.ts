import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'

let server: RunningServer
let client: Client
let payer: { id: string; accountId: string }
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
  payer = await register(client, 'consumers')
  await register(client, 'merchants')
  await client.post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount: quetzales('50.00') })
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })
const sums = (debits: string, credits: string, debitBalance: string, creditBalance: string) => ({
  debits: quetzales(debits),
  credits: quetzales(credits),
  debitBalance: quetzales(debitBalance),
  creditBalance: quetzales(creditBalance),
})

it('has every purpose that has accounts, and balances', async () => {
  const { status, body } = await client.get('/v1/trial-balance')

  expect(status).toBe(200)
  expect(body.totals).toEqual([{ currency: 'GTQ', ...sums('50.00', '50.00', '50.00', '50.00'), isBalanced: true }])
  const shown = body.lines.map(({ purpose, normalSide, accountCount, debits, credits }: Record<string, unknown>) => {
    return [purpose, normalSide, accountCount, debits, credits]
  })
  expect(shown).toEqual([
    ['sandboxFunding', 'debit', 1, quetzales('50.00'), quetzales('0.00')],
    ['consumerWallet', 'credit', 1, quetzales('0.00'), quetzales('50.00')],
    ['merchantWallet', 'credit', 1, quetzales('0.00'), quetzales('0.00')],
  ])
})

it('is as of any sequence; the future is the newest', async () => {
  const { body: now } = await client.get('/v1/trial-balance')
  const { body: before } = await client.get(`/v1/trial-balance?asOf=${now.asOfSequence - 1}`)
  const { body: nothing } = await client.get('/v1/trial-balance?asOf=0')
  const { body: later } = await client.get('/v1/trial-balance?asOf=999999')

  expect(before.totals[0]).toMatchObject(sums('0.00', '0.00', '0.00', '0.00'))
  expect(nothing).toMatchObject({ asOfSequence: 0, totals: [], lines: [] })
  expect(later).toEqual(now)
})

it('account by account, every page is as of the first one’s sequence', async () => {
  const { body: first } = await client.get('/v1/trial-balance/accounts?limit=1')
  await client.post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount: quetzales('7.00') })
  const found = [...first.data]
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const { body } = await client.get(`/v1/trial-balance/accounts?limit=1&after=${cursor}`)
    found.push(...body.data)
    cursor = body.nextCursor
  }

  const lines = found.map(({ purpose, debitBalance, creditBalance }) => [purpose, debitBalance, creditBalance])
  expect(lines.sort()).toEqual([
    ['consumerWallet', quetzales('0.00'), quetzales('50.00')],
    ['merchantWallet', quetzales('0.00'), quetzales('0.00')],
    ['sandboxFunding', quetzales('50.00'), quetzales('0.00')],
  ])
})

it.each(['x', '5', 'acc_01kb2xbfmze3mv9d0fq0n5x3ck', '5.txn_01kb2xbfmze3mv9d0fq0n5x3ck'])(
  'a cursor that no page gave, like %s, is refused',
  async (cursor) => {
    const { body } = await client.get(`/v1/trial-balance/accounts?after=${cursor}`)

    expect(body).toMatchObject({ status: 400, errors: [{ pointer: '/after', code: 'cursor_invalid' }] })
  },
)
