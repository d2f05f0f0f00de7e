import { formatMinor } from '@pisto/money/text'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { aWallet, openTestBooks, openTestDatabase, quetzales, randomIds } from '../testing/books.ts'
import { type NaiveAccount, readNaively } from '../testing/naive-books.ts'
import { bookSteps, playBook } from '../testing/random-books.ts'
import { readJournal } from './journal.ts'
import { openStatement, statementEntries } from './statement.ts'
import { listBalances, readTrialBalance } from './trial-balance.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly (readonly T[])[]> {
  const all: (readonly T[])[] = []
  for await (const page of pages) all.push(page)
  return all
}

const text = (minor: bigint): string => formatMinor(minor, 'GTQ')
const sum = (accounts: readonly NaiveAccount[], of: (account: NaiveAccount) => bigint): string =>
  text(accounts.reduce((total, account) => total + of(account), 0n))
const positive = (minor: bigint): bigint => (minor > 0n ? minor : 0n)

/** What a trial balance says of some accounts. */
const sumsOf = (accounts: readonly NaiveAccount[]) => ({
  debits: quetzales(sum(accounts, ({ debits }) => debits)),
  credits: quetzales(sum(accounts, ({ credits }) => credits)),
  debitBalance: quetzales(sum(accounts, ({ debits, credits }) => positive(debits - credits))),
  creditBalance: quetzales(sum(accounts, ({ debits, credits }) => positive(credits - debits))),
})

it('the trial balance as of any sequence is what the leaves up to it add up to, and balances', async () => {
  await fc.assert(
    fc.asyncProperty(bookSteps, fc.nat({ max: 40 }), fc.integer({ min: 1, max: 3 }), async (steps, asOf, limit) => {
      const books = await openTestBooks(db)
      await playBook(books, steps)
      const head = await books.ledger.headSequence(books.tenantId)
      const { accounts } = await readNaively(books, asOf)
      const byPurpose = Map.groupBy(accounts.values(), ({ purpose }) => purpose)

      const trial = await readTrialBalance(db, books.tenantId, asOf)

      expect(trial.asOfSequence).toBe(Math.min(asOf, head))
      expect(trial.lines.map(({ purpose, accountCount, normalSide: _, currency, ...sums }) => [purpose, sums])).toEqual(
        [...byPurpose].map(([purpose, group]) => [purpose, sumsOf(group)]).sort(),
      )
      for (const total of trial.totals) {
        expect(total.debits).toEqual(total.credits)
        expect(total.debitBalance).toEqual(total.creditBalance)
      }
      const lines = new Map<string, unknown>()
      for (let after: string | undefined; ; ) {
        const { data, nextCursor } = await listBalances(db, books.tenantId, { asOf: trial.asOfSequence, limit, after })
        for (const { accountId, debits, credits, debitBalance, creditBalance } of data) {
          expect(lines.has(accountId)).toBe(false)
          lines.set(accountId, { debits, credits, debitBalance, creditBalance })
        }
        if (nextCursor === null) break
        after = nextCursor
        await aWallet(books, '1.00') // opened after the sequence: not in it
      }
      expect(lines).toEqual(new Map([...accounts.values()].map((account) => [account.id, sumsOf([account])])))
    }),
    { numRuns: 8 },
  )
})

it('a statement has the entries of its days that changed what is posted, between its two balances', async () => {
  await fc.assert(
    fc.asyncProperty(bookSteps, fc.nat({ max: 3 }), fc.nat({ max: 96 }), fc.nat({ max: 96 }), async (...drawn) => {
      const [steps, at, begin, length] = drawn
      const books = await openTestBooks(db)
      const accountId = (await playBook(books, steps))[at] ?? ''
      const from = new Date(Date.parse('2026-01-15T12:00:00Z') + begin * 3_600_000)
      const to = new Date(from.getTime() + length * 3_600_000)
      const { accounts } = await readNaively(books)
      const { entries = [] } = accounts.get(accountId) ?? {}
      const last = (before: Date) => entries.filter(({ time }) => time < before).at(-1)
      const expected = entries
        .filter(({ time }) => time >= from && time < to)
        .filter(({ kind }) => kind === 'posted' || kind === 'postPending')

      const frame = await openStatement(db, books.tenantId, accountId, { from, to })
      if (frame === undefined) throw new Error('the account exists')
      const pages = await allOf(statementEntries(db, books.tenantId, frame, 3))

      expect(frame.opening.amount).toBe(last(from)?.balanceAfter ?? '0.00')
      expect(frame.closing.amount).toBe(last(to)?.balanceAfter ?? '0.00')
      expect(frame.closingAvailable.amount).toBe(last(to)?.availableAfter ?? '0.00')
      for (const [side, totals] of [['debit', frame.debits] as const, ['credit', frame.credits] as const]) {
        const own = expected.filter(({ direction }) => direction === side)
        const total = own.reduce((all, { amount }) => all + BigInt(amount.replace('.', '')), 0n)
        expect(totals).toEqual({ count: own.length, amount: quetzales(text(total)) })
      }
      expect(pages.flat().map((entry) => [entry.sequence, entry.index, entry.balanceAfter.amount])).toEqual(
        expected.map((entry) => [entry.sequence, entry.index, entry.balanceAfter]),
      )
    }),
    { numRuns: 12 },
  )
})

it('a statement tells the other side, and stays as it was opened while money moves on', async () => {
  const books = await openTestBooks(db)
  const wallet = await aWallet(books, '10.00')
  const period = { from: new Date('2026-01-15T00:00:00Z'), to: new Date('2026-01-16T00:00:00Z') }
  const frame = await openStatement(db, books.tenantId, wallet, period)
  await books.ledger.decide(
    { tenantId: books.tenantId, clientId: 'c', operation: 'o', key: undefined, bodyHash: new Uint8Array() },
    () => ({
      purpose: 'test.later',
      transfers: [{ kind: 'posted', debit: books.cash, credit: wallet, amount: quetzales('5.00') }],
      answer: null,
    }),
  )

  if (frame === undefined) throw new Error('the account exists')
  const entries = (await allOf(statementEntries(db, books.tenantId, frame))).flat()

  expect(frame).toMatchObject({ opening: quetzales('0.00'), closing: quetzales('10.00') })
  expect(entries.map(({ amount, counterpartyAccountId }) => [amount.amount, counterpartyAccountId])).toEqual([
    ['10.00', books.cash],
  ])
  expect(await openStatement(db, books.tenantId, randomIds.next('acc'), period)).toBeUndefined()
})

it('a journal has every leaf of its range once, in order, whatever the size of its pages', async () => {
  const books = await openTestBooks(db)
  for (let n = 0; n < 12; n++) await aWallet(books, '1.00')

  for (const pageSize of [1, 2, 5, 10, 500]) {
    const sequences: number[] = []
    for await (const { transactions, accounts } of readJournal(
      db,
      books.tenantId,
      { after: 2, through: 12 },
      pageSize,
    )) {
      expect(transactions.length).toBeLessThanOrEqual(pageSize)
      sequences.push(...transactions.map(({ sequence }) => sequence))
      const named = transactions.flatMap(({ transfers }) => transfers.flatMap(({ debit, credit }) => [debit, credit]))
      expect(new Set(accounts.keys())).toEqual(new Set(named))
      expect(accounts.get(books.cash)).toMatchObject({ purpose: 'cash', normalSide: 'debit' })
    }

    expect(sequences).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  }
})
