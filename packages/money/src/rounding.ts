import { Decimal } from 'decimal.js'

/** Private copy: another library calling `Decimal.set()` cannot change our precision. */
const Exact: typeof Decimal = Decimal.clone({ defaults: true, precision: 40, toExpPos: 40 })

/**
 * What happens to a part of a centavo.
 *
 * | name | to | 2.5 | -2.5 | 2.4 |
 * |---|---|---|---|---|
 * | `up` | away from zero | 3 | -3 | 3 |
 * | `down` | towards zero | 2 | -2 | 2 |
 * | `ceil` | towards +∞ | 3 | -2 | 3 |
 * | `floor` | towards −∞ | 2 | -3 | 2 |
 * | `halfUp` | nearest, ties away from zero | 3 | -3 | 2 |
 * | `halfDown` | nearest, ties towards zero | 2 | -2 | 2 |
 * | `halfEven` | nearest, ties to the even neighbour | 2 | -2 | 2 |
 */
export type Rounding = 'up' | 'down' | 'ceil' | 'floor' | 'halfUp' | 'halfDown' | 'halfEven'

/** The same modes by the numbers of decimal.js. */
const MODES: Record<Rounding, Decimal.Rounding> = {
  up: Exact.ROUND_UP,
  down: Exact.ROUND_DOWN,
  ceil: Exact.ROUND_CEIL,
  floor: Exact.ROUND_FLOOR,
  halfUp: Exact.ROUND_HALF_UP,
  halfDown: Exact.ROUND_HALF_DOWN,
  halfEven: Exact.ROUND_HALF_EVEN,
}

/** 9 + 12 digits times the 19 of the largest amount are at most 40: the product is exact before it is rounded. */
const RATE = /^-?(0|[1-9]\d{0,8})(\.\d{1,12})?$/

/**
 * Minor units times a decimal rate, rounded once.
 *
 * @param rate Like `0.0125`: at most 9 digits before and 12 after the point, no exponent.
 * @throws {RangeError} The rate is spelled otherwise, or the rounding has no such name.
 * @example
 * multiplyMinor(1000n, '0.0125', 'halfEven') // 12n
 */
export function multiplyMinor(minor: bigint, rate: string, rounding: Rounding): bigint {
  if (typeof rate !== 'string' || !RATE.test(rate)) throw new RangeError(`not a decimal rate: "${rate}"`)
  if (!Object.hasOwn(MODES, rounding)) throw new RangeError(`no such rounding: "${rounding}"`)
  const product = new Exact(minor.toString()).times(new Exact(rate))
  return BigInt(product.toDecimalPlaces(0, MODES[rounding]).toFixed(0))
}
