import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allocateMinor } from './allocate.ts'
import { Money } from './money.ts'

it.each([
  // minor  ratios         shares               why
  [100n, [1, 1, 1], [34n, 33n, 33n], 'the first of equal remainders gets the centavo'],
  [101n, [1, 1, 1], [34n, 34n, 33n], 'two centavos go to the first two'],
  [-100n, [1, 1, 1], [-34n, -33n, -33n], 'a debt is divided as its opposite'],
  [5n, [3, 7], [2n, 3n], 'a tie of remainders goes to the earlier share'],
  [5n, [7, 3], [4n, 1n], 'the same the other way round'],
  [10n, [1, 2, 4], [1n, 3n, 6n], 'the largest remainders, not the first shares'],
  [10n, [0, 1, 0], [0n, 10n, 0n], 'ratio 0 gets nothing'],
  [1n, [0, 1, 1], [0n, 1n, 0n], 'ratio 0 gets no centavo left over either'],
  [0n, [1, 2], [0n, 0n], 'nothing to divide'],
  [7n, [5n], [7n], 'one share is the whole'],
  [9_223_372_036_854_775_807n, [1n, 10n ** 30n], [0n, 9_223_372_036_854_775_807n], 'ratios of any size'],
] as const)('%s by %s is %s: %s', (minor, ratios, shares, _why) => {
  expect(allocateMinor(minor, ratios)).toEqual(shares)
})

it.each([
  [[], 'no share'],
  [[0, 0], 'nobody gets anything'],
  [[1, -1], 'a negative ratio'],
  [[3, -1], 'a negative ratio, though the sum is above zero'],
  [[1n, -1n], 'a negative bigint'],
  [[0.5, 0.5], 'a fraction'],
  [[Number.NaN], 'not a number'],
  [[2 ** 53], 'a number that is no safe integer'],
])('refuses the ratios %s: %s', (ratios, _why) => {
  expect(() => Money.parse('1.00', 'GTQ').allocate(ratios)).toThrow(RangeError)
})

const ratios = fc
  .array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 50 })
  .filter((list) => list.some((ratio) => ratio > 0n))

it('shares add up to the whole, and none is a unit or more from its exact part', () => {
  fc.assert(
    fc.property(fc.bigInt(-9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n), ratios, (minor, weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0n)

      const shares = allocateMinor(minor, weights)

      expect(shares).toHaveLength(weights.length)
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(minor)
      for (const [index, weight] of weights.entries()) {
        const error = (shares[index] ?? 0n) * total - minor * weight // times the total, to stay exact
        expect(error < total && error > -total).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

it('equal ratios differ by at most one unit, the larger shares first', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 18n), fc.integer({ min: 1, max: 60 }), (minor, count) => {
      const shares = allocateMinor(
        minor,
        Array.from({ length: count }, () => 1),
      )

      expect((shares[0] ?? 0n) - (shares.at(-1) ?? 0n) <= 1n).toBe(true)
      expect(shares).toEqual(shares.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)))
    }),
  )
})
