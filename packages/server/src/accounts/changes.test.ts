import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf, register } from '../testing/client.ts'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server)
})
afterAll(() => server.stop())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' })

/** Somebody with 100.00 who wants to pay 30.00. */
async function aPayer() {
  const [{ accountId }, shop] = [await register(client, 'consumers'), await register(client, 'merchants')]
  await client.post(`/v1/sandbox/accounts/${accountId}/fund`, { amount: quetzales('100.00') })
  const transfers = [{ debitAccountId: accountId, creditAccountId: shop.accountId, amount: quetzales('30.00') }]
  return { accountId, at: `/v1/accounts/${accountId}`, pay: () => client.post('/v1/transactions', { transfers }) }
}

it('frozen, nothing new leaves the account; unfrozen, it does', async () => {
  const { at, pay } = await aPayer()

  expect((await client.post(`${at}/freeze`)).body).toMatchObject({ status: 'frozen' })
  expect((await pay()).body).toMatchObject({ code: 'account_frozen', status: 422 })
  expect((await client.post(`${at}/unfreeze`)).body).toMatchObject({ status: 'open' })
  expect((await pay()).status).toBe(201)
})

it('only an empty account is closed, for good', async () => {
  const { accountId, at } = await aPayer()
  const { accountId: empty } = await register(client, 'consumers')

  expect((await client.post(`${at}/close`)).body).toMatchObject({
    code: 'account_not_empty',
    facts: { balance: '100.00' },
  })
  expect((await client.post(`/v1/accounts/${empty}/close`)).body).toMatchObject({ status: 'closed' })
  expect((await client.get(`/v1/accounts/${empty}`)).body.status).toBe('closed')
  expect((await client.post(`/v1/accounts/${empty}/unfreeze`)).body.code).toBe('account_closed')
  expect((await client.get(`/v1/accounts/${accountId}`)).body.status).toBe('open')
})

it('limits say what is left today and this month, and the whole test clock’s day later the day is new', async () => {
  const { at, pay } = await aPayer()
  await pay()

  const { body } = await client.get(`${at}/limits`)

  expect(body.groups).toMatchObject([{ policyVersion: expect.stringMatching(/^gt-/) }])
  const limit = (name: string, direction: string, of = body) =>
    of.groups[0].limits.find(
      (one: { limit: string; direction: string }) => one.limit === name && one.direction === direction,
    )
  expect(limit('day', 'out')).toMatchObject({ used: quetzales('30.00'), remaining: quetzales('9970.00') })
  expect(limit('single', 'out')).toMatchObject({ used: null, remaining: quetzales('5000.00'), period: null })
  expect(limit('balance', 'in')).toMatchObject({ used: quetzales('70.00') })
  await client.post('/v1/sandbox/clock/advance', { seconds: 86_400 })
  expect(limit('day', 'out', (await client.get(`${at}/limits`)).body)).toMatchObject({ used: quetzales('0.00') })
})
