import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkBooks } from './books.ts'
import { aFundedConsumer, aMerchant } from './builders.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

it.each(['GT', 'HN', 'SV'] as const)('%s: somebody pays, and the books are right', async (country) => {
  const client = sandbox.client(country)
  const [merchant, payer] = [await aMerchant(client), await aFundedConsumer(client, '100.00')]
  const { currency } = sandbox.tenant(country)

  const payment = await client.payments.create({
    payerAccountId: payer.accountId,
    alias: merchant.alias,
    amount: { amount: '30.10', currency },
  })
  const books = await checkBooks(sandbox.db)

  expect(payment.status).toBe('completed')
  expect(books.map(({ code, findings }) => [code, findings])).toEqual([
    ['gtbank', []],
    ['hnbank', []],
    ['svred', []],
    ['gtcoop', []],
  ])
})

it('finds what somebody changed by hand, at its leaf', async () => {
  const client = sandbox.client('GT')
  const { accountId } = await aFundedConsumer(client, '1.00')
  const { sequence } = await client.sandbox.fund(accountId, { amount: { amount: '5.00', currency: 'GTQ' } })

  const change = 'update entries set amount_minor = amount_minor + $1 where sequence = $2 and amount_minor = 500'
  await sandbox.db.query(change, [1n, sequence])
  const [broken] = (await checkBooks(sandbox.db)).filter(({ ok }) => !ok)
  await sandbox.db.query('update entries set amount_minor = 500 where sequence = $1 and amount_minor = 501', [sequence])

  expect(broken?.code).toBe('gtbank')
  expect(broken?.findings[0]).toMatchObject({ table: 'entries', leafIndex: sequence - 1 })
  expect((await checkBooks(sandbox.db)).every(({ ok }) => ok)).toBe(true)
})

it('moves business time', async () => {
  const before = (await sandbox.client('GT').sandbox.clock()).now

  const after = await sandbox.advanceClock(3600)

  expect(after.getTime() - Date.parse(before)).toBeGreaterThanOrEqual(3_600_000)
})
