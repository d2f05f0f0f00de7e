import { formatMinor, parseMinor } from './amount-text.ts'
import { type Currency, isCurrency, SCALE } from './currencies.ts'
import { InvalidAmount } from './invalid-amount.ts'

/** No zero ends the part after the point, and there is no point without digits; the minus sign is not for zero. */
const SHAPE = /^(?!-0$)-?(0|[1-9]\d{0,18})(\.\d*[1-9])?$/

/**
 * Writes minor units without trailing zeros, the form other rails demand.
 *
 * @returns `12.5` for Q12.50, `12` for Q12.00.
 * @see Open API for FSP Interoperability (Mojaloop) 1.1, data type "Amount": no trailing zeros
 * @example
 * formatShortest(1250n, 'GTQ') // '12.5'
 */
export function formatShortest(minor: bigint, currency: Currency): string {
  const text = formatMinor(minor, currency)
  return SCALE[currency] === 0 ? text : text.replace(/\.?0+$/, '')
}

/**
 * Reads the form without trailing zeros: the inverse of {@link formatShortest}.
 *
 * @returns Minor units.
 * @throws {InvalidAmount} `shape` for trailing zeros or more digits than the currency has.
 * @example
 * parseShortest('12.5', 'GTQ') // 1250n
 */
export function parseShortest(text: string, currency: Currency): bigint {
  if (!isCurrency(currency)) throw new InvalidAmount(String(text), currency, 'currency')
  if (typeof text !== 'string') throw new InvalidAmount(String(text), currency, 'type')
  const digits = SCALE[currency]
  const [whole = '', part = ''] = text.split('.')
  if (!SHAPE.test(text) || part.length > digits) throw new InvalidAmount(text, currency, 'shape')
  return parseMinor(digits === 0 ? whole : `${whole}.${part.padEnd(digits, '0')}`, currency)
}
