import { placeOf } from '../places/place.ts'
import type { DocumentRule } from './document-rule.ts'
import { isBirthYear } from './honduras-year.ts'

/**
 * Honduran RTN: 14 digits. A natural person's is the DNI and one more digit; an organisation's has, where the
 * year is, a 9 and the last three digits of the year of registration (as seen on invoices; the tax office,
 * SAR, publishes neither rule nor a check digit). `stdnum` has no Honduran numbers.
 *
 * The birth date is compared for natural persons only.
 *
 * @see `test/vectors/ids.json`, io042, io047 (natural), io052 (legal)
 */
export const hondurasRtn: DocumentRule = {
  name: 'RTN',
  characters: ['14 digits', '14 dígitos'],
  alphabet: /^\d*$/,
  lengthMin: 14,
  lengthMax: 14,
  read(number, known) {
    const place = placeOf('HN', number.slice(0, 4))
    if (typeof place === 'string') return place

    const year = number.slice(4, 8)
    const formatted = `${number.slice(0, 4)}-${year}-${number.slice(8)}`
    if (year.startsWith('9')) return { canonical: number, formatted, place, holder: 'legal' }
    if (!isBirthYear(year, known)) return 'year'

    return { canonical: number, formatted, place, birthYear: Number(year), holder: 'natural' }
  },
}
