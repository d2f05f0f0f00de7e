import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import type { Page } from '../ledger.ts'
import { aWallet, openTestBooks, openTestDatabase, randomIds, type TestBooks } from '../testing/books.ts'
import { type NaiveBooks, readNaively } from '../testing/naive-books.ts'
import { bookSteps, PURPOSES, playBook, REFERENCES } from '../testing/random-books.ts'
import { toUuid } from '../type-id.ts'
import { listAccounts } from './list-accounts.ts'
import { type EntryFilter, listEntries } from './list-entries.ts'
import { listTransactions, type TransactionFilter } from './list-transactions.ts'
import type { Period } from './moments.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

/** Everything that a list gives, page by page, while something happens between the first pages. */
async function walk<T>(
  list: (after: string | undefined) => Promise<Page<T>>,
  limit: number,
  between: () => Promise<unknown>,
): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined; ; ) {
    const { data, nextCursor } = await list(after)
    expect(data.length).toBeLessThanOrEqual(limit)
    all.push(...data)
    if (nextCursor === null) return all
    expect(nextCursor).not.toBe(after)
    if (after === undefined || all.length < 2 * limit) await between()
    after = nextCursor
  }
}

/** Mostly left out: filters that are all there find nothing. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Moments and sequences in hundredths of the history, so that they fall into it whatever its length. */
const share = fc.integer({ min: -5, max: 105 })
const period = { from: maybe(share), to: maybe(share), fromSequence: maybe(share), toSequence: maybe(share) }
const account = fc.nat({ max: 4 })
const transactionFilter = fc.record({
  ...period,
  account: maybe(account),
  purpose: maybe(fc.constantFrom(...PURPOSES, 'wallet')),
  reference: maybe(fc.constantFrom(...REFERENCES, 'x', 'paymentId')),
})
const entryFilter = fc.record({
  ...period,
  account,
  direction: maybe(fc.constantFrom('debit' as const, 'credit' as const)),
  kind: maybe(fc.constantFrom('posted' as const, 'pending' as const, 'postPending' as const, 'voidPending' as const)),
  purpose: maybe(fc.constantFrom(...PURPOSES)),
})
const paging = fc.record({ limit: fc.integer({ min: 1, max: 7 }), scanLimit: fc.integer({ min: 1, max: 20 }) })

/** Shares of the history as its moments and sequences. */
function periodOf({ leaves }: NaiveBooks, asked: Readonly<Record<keyof Period, number | undefined>>): Period {
  const [first = 0, last = 0] = [leaves.at(0), leaves.at(-1)].map((leaf) => leaf && Date.parse(leaf.time))
  const moment = (part: number) => new Date(Math.round(first + ((last - first) * part) / 100))
  const sequence = (part: number) => Math.round((leaves.length * part) / 100)
  const { from, to, fromSequence, toSequence } = asked
  return {
    from: from === undefined ? undefined : moment(from),
    to: to === undefined ? undefined : moment(to),
    fromSequence: fromSequence === undefined ? undefined : sequence(fromSequence),
    toSequence: toSequence === undefined ? undefined : sequence(toSequence),
  }
}

const isWithin = ({ from, to, fromSequence = 0, toSequence = 1e9 }: Period, sequence: number, time: Date) =>
  sequence >= fromSequence && sequence <= toSequence && (!from || time >= from) && (!to || time < to)

const nobody = randomIds.next('acc')
const arrive = (books: TestBooks) => () => aWallet(books, '1.00')

it('transactions: any filter, any page size, while more arrive: what a scan over everything finds, once, in order', async () => {
  let foundCount = 0
  await fc.assert(
    fc.asyncProperty(
      bookSteps,
      fc.array(fc.tuple(transactionFilter, paging), { minLength: 4, maxLength: 6 }),
      async (steps, asked) => {
        const books = await openTestBooks(db)
        const accounts = await playBook(books, steps)
        for (const [{ account: at, from, to, fromSequence, toSequence, ...rest }, { limit, scanLimit }] of asked) {
          const naive = await readNaively(books)
          const accountId = at === undefined ? undefined : (accounts[at] ?? nobody)
          const filter: TransactionFilter = {
            ...rest,
            ...periodOf(naive, { from, to, fromSequence, toSequence }),
            accountId,
          }
          const expected = naive.leaves
            .toReversed()
            .filter(
              ({ sequence, time, purpose, references, transfers }) =>
                isWithin(filter, sequence, new Date(time)) &&
                (accountId === undefined || transfers.some((t) => t.debit === accountId || t.credit === accountId)) &&
                (rest.purpose === undefined || purpose === rest.purpose) &&
                (rest.reference === undefined || Object.values(references).includes(rest.reference)),
            )

          const found = await walk(
            (after) => listTransactions(db, books.tenantId, { ...filter, limit, after }, scanLimit),
            limit,
            arrive(books),
          )

          foundCount += found.length
          const known = found.filter(({ sequence }) => sequence <= naive.leaves.length)
          expect(known.map((each) => each.sequence)).toEqual(expected.map((each) => each.sequence))
          expect(known.map((each) => each.transactionId)).toEqual(expected.map((each) => each.id))
        }
      },
    ),
    { numRuns: 8 },
  )
  expect(foundCount, 'filters that find nothing prove nothing').toBeGreaterThan(30)
})

it('entries: the same, with the balances after each', async () => {
  let foundCount = 0
  await fc.assert(
    fc.asyncProperty(
      bookSteps,
      fc.array(fc.tuple(entryFilter, paging), { minLength: 4, maxLength: 6 }),
      async (steps, asked) => {
        const books = await openTestBooks(db)
        const accounts = await playBook(books, steps)
        for (const [{ account: at, from, to, fromSequence, toSequence, ...rest }, { limit, scanLimit }] of asked) {
          const naive = await readNaively(books)
          const accountId = accounts[at] ?? nobody
          const filter: EntryFilter = { ...rest, ...periodOf(naive, { from, to, fromSequence, toSequence }) }
          const expected = (naive.accounts.get(accountId)?.entries ?? [])
            .toReversed()
            .filter(
              (entry) =>
                isWithin(filter, entry.sequence, entry.time) &&
                (rest.direction === undefined || entry.direction === rest.direction) &&
                (rest.kind === undefined || entry.kind === rest.kind) &&
                (rest.purpose === undefined || entry.purpose === rest.purpose),
            )

          const found = await walk(
            (after) => listEntries(db, books.tenantId, accountId, { ...filter, limit, after }, scanLimit),
            limit,
            arrive(books),
          )

          foundCount += found.length
          const known = found.filter(({ sequence }) => sequence <= naive.leaves.length)
          const shown = known.map(({ transactionId: _, amount, balanceAfter, availableAfter, ...entry }) => ({
            ...entry,
            amount: amount.amount,
            balanceAfter: balanceAfter.amount,
            availableAfter: availableAfter.amount,
          }))
          expect(shown).toEqual(expected)
        }
      },
    ),
    { numRuns: 8 },
  )
  expect(foundCount, 'filters that find nothing prove nothing').toBeGreaterThan(30)
})

it('accounts: by purpose, owner and status, in any combination, while more are opened', async () => {
  const books = await openTestBooks(db)
  const opened: { id: string; purpose: string; ownerId: string | null }[] = []
  const open = async (n: number): Promise<void> => {
    const [id, purpose] = [randomIds.next('acc'), ['wallet', 'float', 'cash'][n % 3] ?? '']
    const ownerId = n % 4 === 0 ? null : `mer_${n % 5}`
    opened.push({ id, purpose, ownerId })
    await db.query(
      `insert into accounts (tenant_id, account_id, purpose, owner_id, currency, normal_side, no_overdraft, status,
                             opened_sequence, opened_at)
       select tenant_id, $2, $3, $4, currency, 'credit', true, $5, 1, opened_at from accounts
       where tenant_id = $1 limit 1`,
      [toUuid(books.tenantId), toUuid(id), purpose, ownerId, n % 7 === 0 ? 'closed' : 'open'],
    )
  }
  for (let n = 0; n < 40; n++) await open(n)
  const isClosed = ({ id }: { id: string }): boolean => opened.findIndex((each) => each.id === id) % 7 === 0

  await fc.assert(
    fc.asyncProperty(
      maybe(fc.constantFrom('wallet', 'float', 'nothing')),
      maybe(fc.constantFrom('mer_1', 'mer_2', 'mer_9')),
      maybe(fc.constantFrom('open' as const, 'closed' as const)),
      fc.integer({ min: 1, max: 12 }),
      async (purpose, ownerId, status, limit) => {
        const expected = opened
          .filter((each) => purpose === undefined || each.purpose === purpose)
          .filter((each) => ownerId === undefined || each.ownerId === ownerId)
          .filter((each) => status === undefined || isClosed(each) === (status === 'closed'))
          .map(({ id }) => id)
          .sort((a, b) => (a < b ? 1 : -1))

        const found = await walk(
          (after) => listAccounts(db, books.tenantId, { purpose, ownerId, status, limit, after }),
          limit,
          () => open(opened.length),
        )

        const ids = found.map(({ accountId }) => accountId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.filter((id) => expected.includes(id))).toEqual(expected)
      },
    ),
    { numRuns: 25 },
  )
})
