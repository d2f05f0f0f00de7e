import { type Database, ledgerMigrations, migrate, openPglite, toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BankBooks, openBankBooks } from './bank-books.ts'
import { type DonePayment, type History, replay } from './replay.ts'

let db: Database
let books: BankBooks
let done: DonePayment
beforeAll(async () => {
  db = await openPglite({ migrations: [ledgerMigrations] })
  await migrate(db, [ledgerMigrations])
  books = await openBankBooks(db)
  done = await pay('1.00', 100n)
})
afterAll(() => db.close())

/** From wallet 60 to wallet 62, which have no limits. */
async function pay(amount: string, minor: bigint): Promise<DonePayment> {
  const [debit = '', credit = ''] = [books.accountIds[60], books.accountIds[62]]
  const time = books.clock.now()
  const decided = await books.ledger.decide(books.request(`pay ${amount}`), () => ({
    purpose: 'bank.paid',
    transfers: [{ kind: 'posted', debit, credit, amount: { amount, currency: 'GTQ' } }],
    answer: ({ sequence }) => ({ sequence }),
  }))
  if (!decided.ok) throw new Error(decided.refusal.code)
  return { legs: [{ from: 60, to: 62, minor }], sequence: decided.answer.sequence, time }
}

const honest = (): History => ({ done: [done], refused: [], snapshots: [] })
const leg = { from: 60, to: 62, minor: 100n }
const refusal = { code: 'insufficient_funds', facts: { account: '60', available: '1.00', currency: 'GTQ' } }

it.each<[lie: () => History, fault: RegExp | undefined, why: string]>([
  [honest, undefined, 'what happened'],
  [() => ({ ...honest(), done: [] }), /entries are stored, not/, 'a payment that nobody was told of'],
  [() => ({ ...honest(), done: [{ ...done, legs: [{ ...leg, minor: 101n }] }] }), /no such entry/, 'another amount'],
  [() => ({ ...honest(), done: [{ ...done, legs: [{ ...leg, to: 64 }] }] }), /no such entry/, 'another wallet'],
  [() => ({ ...honest(), done: [{ ...done, legs: [{ ...leg, minor: 10n ** 9n }] }] }), /happened/, 'too much'],
  [() => ({ ...honest(), done: [{ ...done, sequence: done.sequence + 1 }] }), /after \d+ comes/, 'a gap'],
  [
    () => ({
      ...honest(),
      refused: [{ legs: [leg], refusal, time: done.time, from: done.sequence, to: done.sequence }],
    }),
    /at no moment right/,
    'a refusal of what could be paid',
  ],
  [
    () => ({ ...honest(), snapshots: [{ sequence: done.sequence, source: 'sql', balances: [1n] }] }),
    /account 0 has 1, not/,
    'a snapshot of other balances',
  ],
])('finds what is not so, case %#', async (lie, fault, _why) => {
  const faults = await replay(books, lie())

  if (fault === undefined) expect(faults).toEqual([])
  else expect(faults.join('\n')).toMatch(fault)
})

it('finds an entry that was altered in the tables', async () => {
  await db.query('update entries set amount_minor = amount_minor + 1 where tenant_id = $1 and sequence = $2', [
    toUuid(books.tenantId),
    done.sequence,
  ])

  expect((await replay(books, honest())).join('\n')).toMatch(/no such entry/)
})
