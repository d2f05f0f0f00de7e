import { expect, it } from 'vitest'
import { type BooksLeaf, ExpectedBooks, type ExpectedEntry, readLeaf } from './expected-books.ts'

const wallet = (id: string) => ({ id, currency: 'GTQ', normalSide: 'credit', noOverdraft: true })
const cash = { id: 'cash', currency: 'GTQ', normalSide: 'debit', noOverdraft: false }

const NO_LEAF = { tenant: 't', time: '2026-01-01T12:00:00.000Z', purpose: 'test', references: {} }

type Transfer = BooksLeaf['transfers'][number]
const transfer = (kind: Transfer['kind'], debit: string, credit: string, amount: string, hold?: string): Transfer => ({
  ...{ kind, debit, credit, amount, currency: 'GTQ' },
  ...(hold !== undefined && { hold }),
  ...(kind === 'pending' && { expiresAt: hold === 'old' ? NO_LEAF.time : '2026-01-02T00:00:00.000Z' }),
})

/** Leaves of one transfer each, after one that opens the accounts; what is at noon and later has expired. */
function booksOf(...transfers: readonly Transfer[]) {
  const entries: [string, string, ExpectedEntry][] = []
  const books = new ExpectedBooks((account, place, entry) => void entries.push([account, place, entry]))
  const opening = { ...NO_LEAF, sequence: 1, accounts: [cash, wallet('a'), wallet('b')], transfers: [] }
  const contradictions = [opening, ...transfers.map((one, n) => leafOf(n + 2, one))].map((leaf) => books.apply(leaf))
  return { books, entries, contradictions: contradictions.slice(1) }
}
const leafOf = (sequence: number, one: Transfer): BooksLeaf => {
  return { ...NO_LEAF, sequence, accounts: [], transfers: [one] }
}

it('follows holds: kept back, then posted in part, the rest released', () => {
  const { books, contradictions, entries } = booksOf(
    transfer('posted', 'cash', 'a', '10.00'),
    transfer('pending', 'a', 'b', '6.00', 'h1'),
    transfer('postPending', 'a', 'b', '4.00', 'h1'),
    transfer('pending', 'a', 'b', '6.00', 'h2'),
    transfer('voidPending', 'a', 'b', '6.00', 'h2'),
  )

  expect(contradictions.flat()).toEqual([])
  const ofA = entries.filter(([account]) => account === 'a')
  expect(ofA.map(([, place, entry]) => [place, entry.balanceAfter, entry.availableAfter])).toEqual([
    ['2.0', 1000n, 1000n],
    ['3.0', 1000n, 400n],
    ['4.0', 600n, 600n],
    ['5.0', 600n, 0n],
    ['6.0', 600n, 600n],
  ])
  expect(books.accounts.get('b')).toMatchObject({ posted: 400n, heldBack: 0n })
  expect([...books.sums()]).toEqual([['GTQ', 0n]])
})

const HELD = [transfer('posted', 'cash', 'a', '5.00'), transfer('pending', 'a', 'b', '1.00', 'h')]

it.each([
  // transfers, what contradicts, why
  [[transfer('posted', 'a', 'b', '0.01')], 'account a is below zero', 'nothing was there'],
  [[transfer('posted', 'cash', 'x', '1.00')], 'account x was never opened', 'an unknown account'],
  [[transfer('postPending', 'a', 'b', '1.00', 'h')], 'hold h is not open', 'no such hold'],
  [[transfer('posted', 'cash', 'a', '0.00')], 'an amount is 0.00', 'nothing is moved'],
  [
    [...HELD, transfer('postPending', 'a', 'b', '1.00', 'h'), transfer('voidPending', 'a', 'b', '1.00', 'h')],
    'hold h is not open',
    'resolved twice',
  ],
  [[...HELD, transfer('postPending', 'a', 'b', '1.01', 'h')], 'hold h is of less than is posted', 'more than was held'],
  [[...HELD, transfer('postPending', 'cash', 'b', '1.00', 'h')], 'hold h is between other accounts', 'another payer'],
  [[...HELD, transfer('pending', 'a', 'b', '1.00', 'h')], 'hold h is made a second time', 'one id, one hold'],
  [
    [
      transfer('posted', 'cash', 'a', '1.00'),
      transfer('pending', 'a', 'b', '1.00', 'old'),
      transfer('postPending', 'a', 'b', '1.00', 'old'),
    ],
    'hold old is posted after its expiry',
    'it had expired when it was posted',
  ],
  [
    [
      transfer('posted', 'cash', 'a', '1.00'),
      transfer('pending', 'a', 'b', '1.00', 'h'),
      transfer('posted', 'a', 'b', '1.00'),
    ],
    'account a is below zero',
    'held money is spent',
  ],
] as const)('%#: %s', (transfers, told, _why) => {
  expect(booksOf(...transfers).contradictions.at(-1)).toContain(told)
})

it.each(['', 'null', '{}', '[]', '{"accounts":1,"transfers":[]}'])('%j is no leaf', (text) => {
  expect(() => readLeaf(text)).toThrow(SyntaxError)
})
