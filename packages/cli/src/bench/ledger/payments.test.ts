import { expect, it } from 'vitest'
import { payments } from './payments.ts'

it.each(['random', 'hot'] as const)(
  '%s: nobody pays themselves, amounts are at least a centavo, each time the same',
  (workload) => {
    const [next, again] = [payments(workload, 10), payments(workload, 10)]
    const drawn = Array.from({ length: 1000 }, next)

    expect(drawn.filter(({ debit, credit }) => debit === credit)).toEqual([])
    expect(drawn.filter(({ debit, credit }) => Math.min(debit, credit) < 0 || Math.max(debit, credit) > 9)).toEqual([])
    expect(drawn.filter(({ amountMinor }) => amountMinor < 1)).toEqual([])
    expect(Array.from({ length: 1000 }, again)).toEqual(drawn)
  },
)

it('random: everybody pays and is paid; hot: one is paid by everybody', () => {
  const parties = (workload: 'random' | 'hot') => {
    const drawn = Array.from({ length: 1000 }, payments(workload, 10))
    return [new Set(drawn.map(({ debit }) => debit)).size, new Set(drawn.map(({ credit }) => credit)).size]
  }

  expect(parties('random')).toEqual([10, 10])
  expect(parties('hot')).toEqual([9, 1])
})
