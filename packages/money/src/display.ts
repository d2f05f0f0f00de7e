import { splitMinor } from './amount-text.ts'
import { CURRENCIES, type Currency } from './currencies.ts'

/** Languages Pisto speaks. */
export type Locale = 'es' | 'en'

const NO_BREAK_SPACE = '\u00a0'

/**
 * Writes minor units for people. Not for machines: it cannot be read back.
 *
 * Spanish writes as the currency's own country does (Guatemala, Honduras and El Salvador: `1,234.50`;
 * Costa Rica, Colombia: `1.234,50`), English always with a decimal point. Own code instead of `Intl`,
 * whose output differs between engines and their versions. A lempira's `L` stands apart from its
 * number, as printed in Honduras, by a no-break space.
 *
 * @example
 * displayMinor(123450n, 'GTQ', 'es') // 'Q1,234.50'
 */
export function displayMinor(minor: bigint, currency: Currency, locale: Locale): string {
  const { symbol, decimal } = CURRENCIES[currency]
  const { sign, whole, part } = splitMinor(minor, currency)
  const point = locale === 'en' ? '.' : decimal
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, point === '.' ? ',' : '.')
  const gap = currency === 'HNL' ? NO_BREAK_SPACE : ''
  return `${sign}${symbol}${gap}${grouped}${part === '' ? '' : point + part}`
}
