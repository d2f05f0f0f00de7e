import type { Language } from '@pisto/contract'
import type { Amount } from '@pisto/ledger'
import type { Currency } from '@pisto/money/currencies'
import { displayMinor, parseMinor } from '@pisto/money/text'

/** An amount as people write it: `Q1,234.50`. */
export const inWords = ({ amount, currency }: Amount, language: Language): string =>
  displayMinor(parseMinor(amount, currency as Currency), currency as Currency, language)

const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
} as const

/** `3 nov 2026`, the same in every engine: not by `Intl`, whose short months differ. @param day ISO 8601 */
export function shortDay(day: string, language: Language): string {
  const { day: number, month, year } = partsOf(day, language)
  return `${number} ${month.slice(0, 3)} ${year}`
}

/** `3 de noviembre de 2026`, `3 November 2026`. @param day ISO 8601 */
export function longDay(day: string, language: Language): string {
  const { day: number, month, year } = partsOf(day, language)
  return language === 'es' ? `${number} de ${month} de ${year}` : `${number} ${month} ${year}`
}

function partsOf(day: string, language: Language): { day: number; month: string; year: number } {
  const { day: number, month, year } = Temporal.PlainDate.from(day)
  return { day: number, month: MONTHS[language][month - 1] ?? '', year }
}
