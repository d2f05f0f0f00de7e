import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from './database/index.ts'
import type { Ledger } from './ledger.ts'
import {
  available,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  randomIds,
  type TestBooks,
} from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const ROUNDS = 12

/** Pays from one account to another by one of several processes. */
const payBy = async (books: TestBooks, ledger: Ledger, from: string, to: string, amount: string): Promise<boolean> => {
  const { ok } = await move({ tenantId: books.tenantId, ledger }, [
    { kind: 'posted', debit: from, credit: to, amount: quetzales(amount) },
  ])
  return ok
}

it('two processes with warm caches, alternately draining the same wallets: never below zero', async () => {
  const books = await openTestBooks(db)
  const [a, b, c] = [await aWallet(books, '10.00'), await aWallet(books, '10.00'), await aWallet(books)]
  const [one, two] = [books.ledger, books.another()]
  // warm: both processes know all three accounts
  for (const ledger of [one, two]) await payBy(books, ledger, a, b, '0.01')

  for (let round = 0; round < ROUNDS; round++) {
    // one touches a and b, two touches b and c: what one changes, two has cached but does not always touch itself
    expect(await payBy(books, one, a, b, '0.50')).toBe(true)
    expect(await payBy(books, two, b, c, '0.50')).toBe(true)
  }
  // a has 3.98; each process tries to spend all of it
  const both = await Promise.all([payBy(books, one, a, c, '3.98'), payBy(books, two, a, c, '3.98')])
  expect(both.filter(Boolean)).toHaveLength(1)
  expect(await payBy(books, two, a, c, '0.01')).toBe(false)

  expect(await available(books, a)).toBe('0.00')
  expect((await verifyBooks(db, books.tenantId, { publicKeys: [books.publicKey] })).findings).toEqual([])
}, 60_000)

it('a hold that another process has just made is posted on the balances that it left', async () => {
  const books = await openTestBooks(db)
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const other = books.another()
  await payBy(books, other, a, b, '1.00') // warm: the other process knows both wallets, not the hold
  const holdId = randomIds.next('hld')
  const expiresAt = new Date('2026-02-01T00:00:00.000Z')
  await move(books, [{ kind: 'pending', holdId, debit: a, credit: b, amount: quetzales('4.00'), expiresAt }])

  const posted = await move({ tenantId: books.tenantId, ledger: other }, [{ kind: 'postPending', holdId }])

  expect(posted).toMatchObject({ ok: true })
  expect([await available(books, a), await available(books, b)]).toEqual(['5.00', '5.00'])
})

it('many callers in two processes: sums to zero in every snapshot, batch numbers and sequences without gaps', async () => {
  const books = await openTestBooks(db)
  const wallets = await Promise.all(Array.from({ length: 6 }, () => aWallet(books, '20.00')))
  const ledgers = [books.ledger, books.another()]
  const random = lcg(7)
  let isDone = false

  const readers = (async () => {
    let snapshots = 0
    for (; !isDone; snapshots++) expect(await netOf(db, books.tenantId)).toBe(0n)
    return snapshots
  })()
  const outcomes = await Promise.all(
    Array.from({ length: 240 }, async (_, n) => {
      const from = wallets[random() % 6] ?? ''
      const to = wallets[random() % 6] ?? ''
      return payBy(books, ledgers[n % 2] ?? books.ledger, from, to, `${random() % 15}.50`)
    }),
  )
  isDone = true

  expect(await readers).toBeGreaterThan(0)
  expect(outcomes).toContain(true)
  expect(outcomes).toContain(false)
  const balances = await Promise.all(wallets.map((wallet) => available(books, wallet)))
  expect(balances.every((balance) => !balance?.startsWith('-'))).toBe(true)
  expect(balances.reduce((sum, balance) => sum + BigInt((balance ?? '').replace('.', '')), 0n)).toBe(12000n)
  const report = await verifyBooks(db, books.tenantId)
  expect(report.findings).toEqual([])
  expect(report.size).toBe(7 + outcomes.filter(Boolean).length)
}, 120_000)

/** Debits less credits over the newest entries of a tenant's accounts, in one snapshot. */
async function netOf(database: Database, tenantId: string): Promise<bigint> {
  const [row] = await database.query<{ net: string }>(
    `select coalesce(sum(debits_posted - credits_posted), 0)::text as net from (
       select distinct on (account_id) debits_posted, credits_posted from entries
       where tenant_id = $1 order by account_id, sequence desc, position desc
     ) newest`,
    [toUuid(tenantId, 'ten')],
  )
  return BigInt(row?.net ?? 0)
}

/** A small seeded generator: the same run each time. */
function lcg(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state >> 8
  }
}
