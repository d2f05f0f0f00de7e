import { expect, it } from 'vitest'
import { type BooksLeaf, ExpectedBooks, readLeaf } from './expected-books.ts'

const wallet = (id: string) => ({ id, currency: 'GTQ', normalSide: 'credit', noOverdraft: true })
const cash = { id: 'cash', currency: 'GTQ', normalSide: 'debit', noOverdraft: false }

type Transfer = BooksLeaf['transfers'][number]
const transfer = (kind: Transfer['kind'], debit: string, credit: string, amount: string, hold?: string): Transfer => ({
  ...{ kind, debit, credit, amount, currency: 'GTQ' },
  ...(hold !== undefined && { hold }),
})

/** Leaves of one transfer each, after one that opens the accounts. */
function booksOf(...transfers: readonly Transfer[]) {
  const books = new ExpectedBooks()
  const opening = { sequence: 1, tenant: 't', accounts: [cash, wallet('a'), wallet('b')], transfers: [] }
  const contradictions = [opening, ...transfers.map((one, n) => leafOf(n + 2, one))].map((leaf) => books.apply(leaf))
  return { books, contradictions: contradictions.slice(1) }
}
const leafOf = (sequence: number, one: Transfer): BooksLeaf => {
  return { sequence, tenant: 't', accounts: [], transfers: [one] }
}

it('follows holds: kept back, then posted in part, the rest released', () => {
  const { books, contradictions } = booksOf(
    transfer('posted', 'cash', 'a', '10.00'),
    transfer('pending', 'a', 'b', '6.00', 'h1'),
    transfer('postPending', 'a', 'b', '4.00', 'h1'),
    transfer('pending', 'a', 'b', '6.00', 'h2'),
    transfer('voidPending', 'a', 'b', '6.00', 'h2'),
  )
  const { entries = new Map() } = books.accounts.get('a') ?? {}

  expect(contradictions.flat()).toEqual([])
  expect([...entries].map(([place, entry]) => [place, entry.balanceAfter, entry.availableAfter])).toEqual([
    ['2.0', 1000n, 1000n],
    ['3.0', 1000n, 400n],
    ['4.0', 600n, 600n],
    ['5.0', 600n, 0n],
    ['6.0', 600n, 600n],
  ])
  expect(books.accounts.get('b')).toMatchObject({ posted: 400n, heldBack: 0n })
  expect([...books.sums()]).toEqual([['GTQ', 0n]])
})

it.each([
  // transfers, what contradicts, why
  [[transfer('posted', 'a', 'b', '0.01')], 'account a is below zero', 'nothing was there'],
  [[transfer('posted', 'cash', 'x', '1.00')], 'account x was never opened', 'an unknown account'],
  [[transfer('postPending', 'a', 'b', '1.00', 'h')], 'hold h is not open', 'no such hold'],
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
