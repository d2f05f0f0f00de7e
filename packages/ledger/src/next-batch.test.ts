import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { companion } from './companion.ts'
import { type Database, sqlArray } from './database/index.ts'
import { type Decided, Refused } from './model.ts'
import {
  aRequest,
  available,
  aWallet,
  move,
  openTestBooks,
  openTestDatabase,
  quetzales,
  type TestBooks,
  transferPlan,
} from './testing/books.ts'
import { toUuid } from './type-id.ts'
import { verifyBooks } from './verify.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await db.transaction((tx) =>
    tx.script(`create table seats (tenant_id uuid not null, seat text not null, taken boolean not null,
                                   constraint seats_pkey primary key (tenant_id, seat))`),
  )
})
afterAll(() => db.close())

/** Books whose ledger decides the next batch while one is being written, from two callers on. */
async function overlappingBooks() {
  const books = await openTestBooks(db)
  const overlapping = { ...books, ledger: books.another({ divideFrom: 1, batchLimit: 8 }) }
  return { ...overlapping, another: () => books.another({ divideFrom: 1, batchLimit: 8 }) }
}

const pay = (from: string, to: string, amount: string) =>
  ({ kind: 'posted', debit: from, credit: to, amount: quetzales(amount) }) as const

const batchCount = async ({ tenantId }: TestBooks): Promise<number> => {
  const sql = 'select count(*) as count from batches where tenant_id = $1'
  const [row] = await db.query<{ count: bigint }>(sql, [toUuid(tenantId)])
  return Number(row?.count)
}

async function expectRightBooks({ tenantId, publicKey }: TestBooks): Promise<void> {
  expect((await verifyBooks(db, tenantId, { publicKeys: [publicKey] })).findings).toEqual([])
}

it('each batch builds on the one before it, which was not written yet: the last centavo is spent once', async () => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const before = await batchCount(books)

  const outcomes = await Promise.all(Array.from({ length: 60 }, () => move(books, [pay(a, b, '0.25')])))

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(40)
  expect([await available(books, a), await available(books, b)]).toEqual(['0.00', '10.00'])
  expect((await batchCount(books)) - before).toBeGreaterThan(4)
  await expectRightBooks(books)
})

it('two processes that do so: what one prepared on a batch that collided is thrown away', async () => {
  const books = await overlappingBooks()
  const wallets = await Promise.all(Array.from({ length: 5 }, () => aWallet(books, '10.00')))
  const ledgers = [books.ledger, books.another()]

  const outcomes = await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      await delay(n % 7)
      const [from = '', to = ''] = [wallets[n % 5], wallets[(n * 3 + 1) % 5]]
      const ledger = ledgers[n % 2] ?? books.ledger
      return from === to ? undefined : move({ ...books, ledger }, [pay(from, to, '1.75')], `k${n}`)
    }),
  )

  const settled = outcomes.filter((outcome): outcome is Decided<unknown> => outcome !== undefined)
  expect(settled.filter(({ ok }) => ok).length).toBeGreaterThan(10)
  const report = await verifyBooks(db, books.tenantId)
  expect(report.findings).toEqual([])
  expect(report.size).toBe(6 + settled.filter(({ ok }) => ok).length)
})

it('a plan that reads sees all that the batch before it has written', async () => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const seen: { read: number; sequence: number }[] = []

  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      books.ledger.decide(aRequest(books.tenantId), async ({ reader }) => {
        if (n % 3 !== 0) return transferPlan(pay(a, b, '0.01'))
        const sql = 'select max(sequence) as last from transactions where tenant_id = $1'
        const [row] = await reader.query<{ last: bigint }>(sql, [toUuid(books.tenantId)])
        const read = Number(row?.last)
        return { ...transferPlan(pay(a, b, '0.01')), answer: ({ sequence }) => void seen.push({ read, sequence }) }
      }),
    ),
  )

  expect(seen.length).toBeGreaterThanOrEqual(14)
  // whoever was decided after others of an earlier batch has read them: at most its own batch is not there yet
  for (const { read, sequence } of seen) expect(sequence - read).toBeLessThanOrEqual(8)
  await expectRightBooks(books)
})

it('one key in many batches at once: one effect, equal answers', async () => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]

  const outcomes = await Promise.all(
    Array.from({ length: 80 }, (_, n) => move(books, [pay(a, b, '0.10')], n % 2 === 0 ? 'same' : undefined)),
  )

  const same = outcomes.filter((_, n) => n % 2 === 0)
  expect(same.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(same.map((outcome) => JSON.stringify({ ...outcome, replayed: true }))).size).toBe(1)
  expect(await available(books, b)).toBe('4.10')
  await expectRightBooks(books)
})

const takeSeat = companion<string>({
  refusal: 'seat_taken',
  key: (seat) => seat,
  sql: `update seats s set taken = true from unnest($2::text[]) with ordinality as x(seat, n)
        where s.tenant_id = $1 and s.seat = x.seat and not s.taken returning x.n`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row))],
})
const broken = companion<null>({ sql: 'select 1 / 0 where $1::uuid is not null', columns: () => [] })

it('guards, rows that wait for the next batch, and one that is poisoned: neighbours never notice', async () => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '50.00'), await aWallet(books)]
  await db.query(`insert into seats select $1, 'seat ' || n, false from generate_series(0, 4) n`, [
    toUuid(books.tenantId),
  ])

  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) =>
      books.ledger.decide(aRequest(books.tenantId, `key ${n}`), () => {
        if (n % 12 === 11) throw n === 11 ? new Error('no plan') : new Refused('not_today')
        const plan = transferPlan(pay(a, b, '0.10'))
        if (n === 30) return { ...plan, companions: [broken.row(null)] }
        return n % 3 === 0 ? { ...plan, companions: [takeSeat.row(`seat ${n % 5}`)] } : plan
      }),
    ),
  )

  const told = outcomes.map((outcome) =>
    outcome.status === 'rejected' ? 'failed' : outcome.value.ok ? 'done' : outcome.value.refusal.code,
  )
  const count = (what: string) => told.filter((one) => one === what).length
  expect({ failed: count('failed'), not_today: count('not_today'), seat_taken: count('seat_taken') }).toEqual({
    failed: 2,
    not_today: 4,
    seat_taken: 14, // 19 who want one of five seats
  })
  expect(await available(books, b)).toBe(`${(count('done') / 10).toFixed(2)}`)
  await expectRightBooks(books)
})

it.each([
  ['a guard refuses', 'one seat is taken already'],
  ['a key is known', 'another process has decided it'],
])('%s in a batch while the next one is ready: that one is decided anew (%s)', async (what, _why) => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '50.00'), await aWallet(books)]
  await db.query(`insert into seats values ($1, 'sold', true)`, [toUuid(books.tenantId)])
  const pays = (key: string, plan = transferPlan(pay(a, b, '0.10'))) =>
    books.ledger.decide(aRequest(books.tenantId, key), () => plan)

  for (let round = 0; round < 3; round++) {
    const known = `known ${round}`
    if (what === 'a key is known') await move({ ...books, ledger: books.another() }, [pay(a, b, '0.10')], known)
    await pays(`warm ${round}`) // has caught up with the other process
    const sold = { ...transferPlan(pay(a, b, '0.10')), companions: [takeSeat.row('sold')] }
    const odd = what === 'a key is known' ? pays(known) : pays(`sold ${round}`, sold)
    const others = Array.from({ length: 39 }, (_, n) => pays(`${round} ${n}`))

    expect(await odd).toMatchObject(what === 'a key is known' ? { ok: true, replayed: true } : { ok: false })
    expect((await Promise.all(others)).every(({ ok }) => ok)).toBe(true)
  }

  expect(await available(books, b)).toBe(what === 'a key is known' ? '12.30' : '12.00')
  await expectRightBooks(books)
})

it('what nobody has read yet is read once the batch before it is written: accounts opened and used at once', async () => {
  const books = await overlappingBooks()

  const wallets = await Promise.all(Array.from({ length: 30 }, () => aWallet(books, '1.00')))
  await Promise.all(wallets.map((wallet, n) => move(books, [pay(wallet, wallets[(n + 1) % 30] ?? '', '1.00')])))

  expect(await Promise.all(wallets.map((wallet) => available(books, wallet)))).toEqual(Array(30).fill('1.00'))
  await expectRightBooks(books)
})

it('ends when everybody is answered', async () => {
  const books = await overlappingBooks()
  const [a, b] = [await aWallet(books, '10.00'), await aWallet(books)]
  const all = Promise.all(Array.from({ length: 40 }, () => move(books, [pay(a, b, '0.01')])))

  await books.ledger.stop()

  expect((await all).every(({ ok }) => ok)).toBe(true)
})
