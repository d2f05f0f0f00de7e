import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Money } from './money.ts'
import { multiplyMinor, type Rounding } from './rounding.ts'

const ROUNDINGS = ['up', 'down', 'ceil', 'floor', 'halfUp', 'halfDown', 'halfEven'] as const

it.each([
  // tenths  up  down ceil floor halfUp halfDown halfEven
  [25n, [3n, 2n, 3n, 2n, 3n, 2n, 2n], 'a tie between 2 and 3'],
  [35n, [4n, 3n, 4n, 3n, 4n, 3n, 4n], 'a tie between 3 and 4'],
  [-25n, [-3n, -2n, -2n, -3n, -3n, -2n, -2n], 'a negative tie: up and down mean magnitude'],
  [24n, [3n, 2n, 3n, 2n, 2n, 2n, 2n], 'below half'],
  [26n, [3n, 2n, 3n, 2n, 3n, 3n, 3n], 'above half'],
  [-1n, [-1n, 0n, 0n, -1n, 0n, 0n, 0n], 'nearly nothing'],
  [20n, [2n, 2n, 2n, 2n, 2n, 2n, 2n], 'nothing to round'],
] as const)('%s tenths of a centavo round to %s: %s', (tenths, expected, _why) => {
  expect(ROUNDINGS.map((rounding) => multiplyMinor(tenths, '0.1', rounding))).toEqual(expected)
})

/** Independent of decimal.js: the quotient and remainder of integers. */
function oracle(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const down = magnitude / denominator
  const twice = 2n * (magnitude % denominator)
  const isExact = twice === 0n
  const away: Record<Rounding, boolean> = {
    up: !isExact,
    down: false,
    ceil: !isExact && !negative,
    floor: !isExact && negative,
    halfUp: twice >= denominator,
    halfDown: twice > denominator,
    halfEven: twice > denominator || (twice === denominator && down % 2n === 1n),
  }
  const rounded = away[rounding] ? down + 1n : down
  return negative ? -rounded : rounded
}

it('rounds as integer division does, over the whole range and all digits of a rate', () => {
  const minor = fc.bigInt(-9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n)
  const digits = fc.bigInt(0n, 999_999_999_999n)
  fc.assert(
    fc.property(
      minor,
      fc.boolean(),
      fc.bigInt(0n, 999_999_999n),
      digits,
      fc.constantFrom(...ROUNDINGS),
      (amount, negative, whole, part, rounding) => {
        const rate = `${negative ? '-' : ''}${whole}.${part.toString().padStart(12, '0')}`
        const rateTimes = (whole * 10n ** 12n + part) * (negative ? -1n : 1n)

        expect(multiplyMinor(amount, rate, rounding)).toBe(oracle(amount * rateTimes, 10n ** 12n, rounding))
      },
    ),
    { numRuns: 2000 },
  )
})

it('ties round as integer division does', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.constantFrom(...ROUNDINGS), (half, rounding) => {
      const odd = 2n * half + 1n

      expect(multiplyMinor(odd, '0.5', rounding)).toBe(oracle(odd, 2n, rounding))
    }),
  )
})

it.each([
  ['', 'nothing'],
  ['.5', 'no whole part'],
  ['1.', 'no digits after the point'],
  ['1e2', 'an exponent'],
  ['01.5', 'a leading zero'],
  ['+1', 'a plus'],
  ['5%', 'a percent sign'],
  ['Infinity', 'no number'],
  ['0x10', 'another base'],
  ['1234567890', 'ten digits before the point'],
  ['0.1234567890123', 'thirteen digits after the point: the product would not be exact any more'],
])('refuses the rate "%s": %s', (rate, _why) => {
  expect(() => Money.parse('1.00', 'GTQ').times(rate, 'halfEven')).toThrow(RangeError)
})

it('refuses a rounding that has no name', () => {
  const rounding = 'nearest' as Rounding // as from JavaScript without types

  expect(() => Money.parse('1.00', 'GTQ').times('0.5', rounding)).toThrow(RangeError)
})

it('another library that changes decimal.js does not change our precision', () => {
  const before = Decimal.precision
  try {
    Decimal.set({ precision: 3, rounding: Decimal.ROUND_UP })

    expect(Money.parse('123456789.01', 'GTQ').times('1.000001', 'down').toString()).toBe('123456912.46')
  } finally {
    Decimal.set({ precision: before, rounding: Decimal.ROUND_HALF_UP })
  }
})
