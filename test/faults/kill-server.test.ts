import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connectPglite, connectPostgres, type Database } from '@pisto/ledger'
import { type Payment, Pisto, PistoConnectionError } from '@pisto/sdk'
import { aFundedConsumer, aMerchant, checkBooks, embeddedPostgres } from '@pisto/testkit'
import { expect, it } from 'vitest'
import { type SandboxProcess, spawnSandbox } from './support/sandbox-process.ts'

const KILLS = 3
const CALLERS = 8

interface Place {
  readonly flags: readonly string[]
  open(): Promise<Database>
  remove(): Promise<void>
}

const places: Record<string, () => Promise<Place>> = {
  'a folder': async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pisto-kill-'))
    return {
      flags: ['--data', dataDir],
      open: () => connectPglite({ dataDir }),
      remove: () => rm(dataDir, { recursive: true }),
    }
  },
  PostgreSQL: async () => {
    const postgres = await embeddedPostgres()
    const url = await postgres.newDatabase()
    return {
      flags: ['--database-url', url],
      open: async () => connectPostgres(url),
      remove: () => postgres.stop(),
    }
  },
}

it.concurrent.each(Object.keys(places))(
  '%s: killed in the middle of a load, everything acknowledged is there, once',
  async (name) => {
    const place = await (places[name] ?? places['a folder'])?.()
    if (place === undefined) throw new Error(name)
    const acknowledged = new Map<string, string>() // payment by key
    const open = new Set<string>() // keys of calls that nobody answered

    let server = await spawnSandbox(place.flags)
    const shop = await aMerchant(clientOf(server))
    const payer = await aFundedConsumer(clientOf(server), '190.00')
    const pay = (client: Pisto, idempotencyKey: string) =>
      client.payments.create(
        { payerAccountId: payer.accountId, alias: shop.alias, amount: { amount: '0.01', currency: 'GTQ' } },
        { idempotencyKey },
      )

    for (let kill = 0; kill < KILLS; kill++) {
      const client = clientOf(server)
      const load = Array.from({ length: CALLERS }, async (_, caller) => {
        for (let n = 0; ; n++) {
          const key = `k${kill}-c${caller}-${n}`
          open.add(key)
          try {
            acknowledged.set(key, (await pay(client, key)).id)
            open.delete(key)
          } catch (error) {
            if (error instanceof PistoConnectionError) return
            throw error
          }
        }
      })
      while (acknowledged.size < 20 * (kill + 1)) await delay(5)
      await delay(17 * kill) // another point of the batch each time
      await server.kill()
      await Promise.all(load)

      server = await spawnSandbox(place.flags)
    }

    const client = clientOf(server)
    await byCallers([...acknowledged], async ([key, id]) => expect((await pay(client, key)).id).toBe(id))
    await byCallers([...open], async (key) => {
      const { id } = await pay(client, key)
      expect((await pay(client, key)).id).toBe(id)
      acknowledged.set(key, id)
    })
    const paid: Payment[] = []
    for await (const payment of client.payments.list({ limit: 100 })) paid.push(payment)
    expect(new Set(paid.map(({ id }) => id))).toEqual(new Set(acknowledged.values()))
    expect(paid).toHaveLength(acknowledged.size)
    const { balances } = await client.accounts.get(payer.accountId)
    expect(BigInt(balances.available.amount.replace('.', ''))).toBe(19_000n - BigInt(paid.length))

    expect(await server.stop()).toBe(0)
    const db = await place.open()
    for (const { code, findings } of await checkBooks(db)) expect(findings, code).toEqual([])
    await db.close()
    await place.remove()
  },
  240_000,
)

/** As many at once as made them. */
async function byCallers<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const caller = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}

const clientOf = (server: SandboxProcess): Pisto =>
  new Pisto({ baseUrl: server.url, apiKey: server.key('GT'), maxRetries: 0 })
