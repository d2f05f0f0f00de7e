import type { CountryCode } from '@pisto/contract'

/** Somebody who can be registered: a valid document and mobile phone that follow from a number. */
export interface TestPerson {
  readonly country: CountryCode
  readonly document: { readonly type: 'DPI' | 'DNI' | 'DUI'; readonly number: string }
  /** E.164. */
  readonly phone: string
  /** ISO date. */
  readonly dateOfBirth: string
}

/** The sandbox gives documents with these endings a fate (`docs`: magic values). */
const MAGIC = /(0000|1111|2222|9999)$/

/**
 * Person number `n`; other numbers are other people, up to 10^7 of a country.
 *
 * @param n A whole number from 0: `Date.now()` for people new to a database that is used again.
 * @example
 * newPerson('SV', 42) // { document: { type: 'DUI', number: '00000042-8' }, phone: '+50370000042', … }
 */
export function newPerson(country: CountryCode, n: number): TestPerson {
  const serial = lastDigits(n, 8)
  const year = 1960 + (Math.floor(n / 1e5) % 40)
  const dateOfBirth = `${year}-${lastDigits(1 + (n % 12), 2)}-${lastDigits(1 + (n % 28), 2)}`
  if (MAGIC.test(country === 'HN' ? lastDigits(n, 5) : serial)) return newPerson(country, n + 1)

  if (country === 'HN') {
    const number = `0801-${year}-${lastDigits(n, 5)}`
    return { country, document: { type: 'DNI', number }, phone: `+5049${lastDigits(n, 7)}`, dateOfBirth }
  }
  if (country === 'SV') {
    const check = (10 - (weigh(serial, 9, -1) % 10)) % 10
    const document = { type: 'DUI', number: `${serial}-${check}` } as const
    return { country, document, phone: `+5037${lastDigits(n, 7)}`, dateOfBirth }
  }
  const remainder = weigh(serial, 2, 1) % 11
  if (remainder === 10) return newPerson(country, n + 1) // no single digit can hold it
  const document = { type: 'DPI', number: `${serial}${remainder}0101` } as const
  return { country, document, phone: `+5025${lastDigits(n, 7)}`, dateOfBirth }
}

const lastDigits = (n: number, length: number): string => String(n).slice(-length).padStart(length, '0')

const weigh = (serial: string, first: number, step: number): number =>
  [...serial].reduce((sum, digit, index) => sum + Number(digit) * (first + index * step), 0)
