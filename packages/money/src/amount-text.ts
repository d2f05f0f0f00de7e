/**
 * Amounts as text and as a bigint of minor units, without an arithmetic library: what browsers and
 * schemas need (`@pisto/money/text`). `Money` is built on it.
 */
import { type Currency, isCurrency, SCALE } from './currencies.ts'
import { InvalidAmount } from './invalid-amount.ts'

/** The largest absolute amount, in minor units: what a signed 64-bit column holds. */
export const MAX_MINOR = 9_223_372_036_854_775_807n

/** `MAX_MINOR` has this many digits; amounts of every currency share them between both sides of the point. */
const MAX_DIGITS = 19

/**
 * Regular expression text of an amount, as JSON Schemas carry it: one spelling per amount, exactly
 * the currency's digits, no exponent, no leading zero, no negative zero.
 *
 * It describes the shape. The few 19-digit amounts above {@link MAX_MINOR} match as well and are
 * refused by {@link parseMinor}.
 *
 * @param options.signed Are negative amounts allowed?
 * @returns Anchored on both ends, without flags.
 * @example
 * amountPattern('GTQ', { signed: false }) // '^(0|[1-9]\\d{0,16})\\.\\d{2}$'
 */
export function amountPattern(currency: Currency, options: { readonly signed: boolean }): string {
  const digits = SCALE[currency]
  const point = digits === 0 ? '' : `\\.\\d{${digits}}`
  const zero = digits === 0 ? '0' : `0\\.0{${digits}}`
  const sign = options.signed ? `(?!-${zero}$)-?` : ''
  return `^${sign}(0|[1-9]\\d{0,${MAX_DIGITS - digits - 1}})${point}$`
}

const SHAPES = new Map<Currency, RegExp>()

function shapeOf(currency: Currency): RegExp {
  const known = SHAPES.get(currency)
  if (known !== undefined) return known
  const shape = new RegExp(amountPattern(currency, { signed: true }))
  SHAPES.set(currency, shape)
  return shape
}

/**
 * Reads an amount into minor units.
 *
 * @param text Like `-12.50`: ASCII digits, exactly the currency's digits after the point.
 * @returns Minor units, e.g. centavos.
 * @throws {InvalidAmount} `shape` for any other spelling, `range` beyond {@link MAX_MINOR}, `type` for
 *   what is not a string (a JavaScript number never becomes money), `currency` for an unknown one.
 * @example
 * parseMinor('-12.50', 'GTQ') // -1250n
 */
export function parseMinor(text: string, currency: Currency): bigint {
  if (!isCurrency(currency)) throw new InvalidAmount(String(text), currency, 'currency')
  if (typeof text !== 'string') throw new InvalidAmount(String(text), currency, 'type')
  if (!shapeOf(currency).test(text)) throw new InvalidAmount(text, currency, 'shape')
  return inRange(BigInt(text.replace('.', '')), currency)
}

/**
 * Writes minor units as an amount: the inverse of {@link parseMinor}.
 *
 * @example
 * formatMinor(-1250n, 'GTQ') // '-12.50'
 */
export function formatMinor(minor: bigint, currency: Currency): string {
  const { sign, whole, part } = splitMinor(minor, currency)
  return part === '' ? `${sign}${whole}` : `${sign}${whole}.${part}`
}

/** Sign, whole units and the digits after the point of an amount: what every way of writing starts from. */
export function splitMinor(minor: bigint, currency: Currency): { sign: '' | '-'; whole: string; part: string } {
  const digits = SCALE[currency]
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return {
    sign: minor < 0n ? '-' : '',
    whole: text.slice(0, text.length - digits),
    part: text.slice(text.length - digits),
  }
}

/** @throws {InvalidAmount} `range` unless the minor units fit a signed 64-bit column, symmetrically. */
export function inRange(minor: bigint, currency: Currency): bigint {
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw new InvalidAmount(formatMinor(minor, currency), currency, 'range')
  return minor
}
