import { placeOf } from '../places/place.ts'
import type { DocumentRule } from './document-rule.ts'
import { isBirthYear } from './honduras-year.ts'

/**
 * Honduran DNI: 2 digits of department, 2 of municipality, 4 of birth year, 5 of serial.
 *
 * The registry (RNP) publishes no check digit: a valid number here has the right structure and, when the
 * birth date is known, the right year; a mistyped serial goes unseen. `stdnum` has no Honduran numbers.
 *
 * @see Ley del Registro Nacional de las Personas, Decreto 62-2004 (no check digit is specified)
 */
export const hondurasDni: DocumentRule = {
  name: 'DNI',
  characters: ['13 digits', '13 dígitos'],
  alphabet: /^\d*$/,
  lengthMin: 13,
  lengthMax: 13,
  read(number, known) {
    const place = placeOf('HN', number.slice(0, 4))
    if (typeof place === 'string') return place

    const year = number.slice(4, 8)
    if (!isBirthYear(year, known)) return 'year'

    const formatted = `${number.slice(0, 4)}-${year}-${number.slice(8)}`
    return { canonical: number, formatted, place, birthYear: Number(year) }
  },
}
