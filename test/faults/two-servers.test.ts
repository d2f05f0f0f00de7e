import { spawnSync } from 'node:child_process'
import { Pisto, PistoApiError } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, type EmbeddedPostgres, embeddedPostgres } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SandboxProcess, spawnSandbox } from './support/sandbox-process.ts'

let postgres: EmbeddedPostgres
let url: string
let servers: SandboxProcess[]
beforeAll(async () => {
  postgres = await embeddedPostgres()
  url = await postgres.newDatabase()
  servers = await Promise.all([spawnSandbox(['--database-url', url]), spawnSandbox(['--database-url', url])])
}, 120_000)
afterAll(() => postgres.stop())

it('two processes with warm caches drain the same wallets in turn and at once: never below zero, books right', async () => {
  const clients = servers.map((server) => new Pisto({ baseUrl: server.url, apiKey: server.key('GT') }))
  const [here, there] = clients
  if (here === undefined || there === undefined) throw new Error('two servers are needed')
  const shops = [await aMerchant(here), await aMerchant(there)]
  const wallets = [await aFundedConsumer(here, '10.00'), await aFundedConsumer(there, '10.00')]
  const pay = (client: Pisto, wallet: number, shop: number, amount: string): Promise<'paid' | 'refused'> =>
    client.payments
      .create({
        payerAccountId: wallets[wallet]?.accountId ?? '',
        alias: shops[shop]?.alias ?? '',
        amount: { amount, currency: 'GTQ' },
      })
      .then(
        () => 'paid' as const,
        (error: unknown) => {
          if (error instanceof PistoApiError && error.hasCode('insufficient_funds')) return 'refused'
          throw error
        },
      )

  // in turn: what one process has just changed, the other has cached from before
  for (let round = 0; round < 10; round++) {
    for (const client of clients) expect(await pay(client, round % 2, round % 2, '0.50')).toBe('paid')
  }
  // at once: 5.00 are left in each wallet, and twice as much is asked for
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, n) => pay(n % 2 === 0 ? here : there, (n >> 1) % 2, (n >> 2) % 2, '0.50')),
  )

  expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(20)
  for (const { accountId } of wallets) {
    for (const client of clients) {
      expect((await client.accounts.get(accountId)).balances.available.amount).toBe('0.00')
    }
  }
  const taken = await Promise.all(shops.map(({ accountId }) => here.accounts.get(accountId ?? '')))
  expect(taken.reduce((sum, { balances }) => sum + BigInt(balances.posted.amount.replace('.', '')), 0n)).toBe(2000n)
  for (const server of servers) expect(await server.stop()).toBe(0)
  const verify = spawnSync(process.execPath, ['packages/cli/src/main.ts', 'verify', '--database-url', url], {
    encoding: 'utf8',
  })
  expect(verify.stdout + verify.stderr).not.toMatch(/contradict/i)
  expect(verify.status).toBe(0)
}, 120_000)
