/**
 * The currencies Pisto can hold. No arithmetic library is loaded here, so that the QR codec and
 * browsers can know codes and digits (`@pisto/money/currencies`).
 *
 * @see ISO 4217:2015, table A.1 (codes, numbers, minor units), as of 2026-01-01; symbols and
 *   decimal signs from Unicode CLDR 48, made unique where CLDR has several `$`
 */

/** What is known about one currency. */
export interface CurrencyRow {
  /** ISO 4217 three-digit number: what EMV codes carry in object 53. */
  readonly number: string
  /** Digits after the point: the ISO 4217 "minor unit". */
  readonly digits: number
  /** How people of the region tell it apart; unique in this table, `$` alone is the US dollar. */
  readonly symbol: string
  /** How amounts are written at home: `1,234.50` or `1.234,50`. */
  readonly decimal: '.' | ','
}

// biome-ignore format: a table
export const CURRENCIES = {
  GTQ: { number: '320', digits: 2, symbol: 'Q',    decimal: '.' },
  HNL: { number: '340', digits: 2, symbol: 'L',    decimal: '.' },
  USD: { number: '840', digits: 2, symbol: '$',    decimal: '.' },
  NIO: { number: '558', digits: 2, symbol: 'C$',   decimal: '.' },
  CRC: { number: '188', digits: 2, symbol: '₡',    decimal: ',' },
  PAB: { number: '590', digits: 2, symbol: 'B/.',  decimal: '.' },
  BZD: { number: '084', digits: 2, symbol: 'BZ$',  decimal: '.' },
  MXN: { number: '484', digits: 2, symbol: 'MX$',  decimal: '.' },
  DOP: { number: '214', digits: 2, symbol: 'RD$',  decimal: '.' },
  CUP: { number: '192', digits: 2, symbol: 'CU$',  decimal: '.' },
  COP: { number: '170', digits: 2, symbol: 'COL$', decimal: ',' },
  BRL: { number: '986', digits: 2, symbol: 'R$',   decimal: ',' },
  PEN: { number: '604', digits: 2, symbol: 'S/',   decimal: '.' },
  BOB: { number: '068', digits: 2, symbol: 'Bs',   decimal: ',' },
  CLP: { number: '152', digits: 0, symbol: 'CLP$', decimal: ',' },
  ARS: { number: '032', digits: 2, symbol: 'AR$',  decimal: ',' },
  PYG: { number: '600', digits: 0, symbol: '₲',    decimal: ',' },
  UYU: { number: '858', digits: 2, symbol: '$U',   decimal: ',' },
  EUR: { number: '978', digits: 2, symbol: '€',    decimal: ',' },
} as const satisfies Record<string, CurrencyRow>

/** ISO 4217 alphabetic code of a currency Pisto can hold. */
export type Currency = keyof typeof CURRENCIES

/** All codes, in the table's order. */
export const CURRENCY_CODES = Object.keys(CURRENCIES) as readonly Currency[]

/** Digits after the point per currency, ISO 4217 "minor unit". */
export const SCALE = Object.fromEntries(CURRENCY_CODES.map((code) => [code, CURRENCIES[code].digits])) as Readonly<
  Record<Currency, number>
>

/** Also by number alone: a QR code may name any currency of the world. */
export { digitsOfNumber } from './iso-4217.ts'

/** Is this text the alphabetic code of a currency Pisto can hold? */
export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCIES, text)
}

/**
 * The currency with an ISO 4217 number.
 *
 * @param number Three digits, leading zeros kept, as in object 53 of an EMV code.
 * @returns `undefined` for one that Pisto cannot hold.
 * @example
 * currencyOfNumber('320') // 'GTQ'
 */
export function currencyOfNumber(number: string): Currency | undefined {
  return CURRENCY_CODES.find((code) => CURRENCIES[code].number === number)
}
