import { isCalendarDate } from '../people/calendar.ts'
import { placeOf } from '../places/place.ts'
import type { DocumentRule } from './document-rule.ts'
import { weightedSum } from './weighted-sum.ts'

const WEIGHTS_TO_100 = [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]
const WEIGHTS_FROM_101 = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/** Check digit of the first 13 digits: one formula up to serial 100, another above it; 10 becomes 0. */
function checkDigit(front: string): number {
  const serial = Number(front.slice(10))
  if (serial <= 100) return (weightedSum(front, WEIGHTS_TO_100) % 11) % 10
  return ((11 - (weightedSum(front, WEIGHTS_FROM_101) % 11)) % 11) % 10
}

/** `ddmmyy` without century: real when it is in the calendar of 19yy or of 20yy (29 February 1900 was not). */
function isShortDate(text: string): boolean {
  const day = Number(text.slice(0, 2))
  const month = Number(text.slice(2, 4))
  const year = Number(text.slice(4))
  return [1900 + year, 2000 + year].some((fullYear) => isCalendarDate(fullYear, month, day))
}

/**
 * Salvadoran NIT: 4 digits of municipality, 6 of date (`ddmmyy`: birth or foundation), 3 of serial, 1 check digit.
 *
 * Numbers of people and organisations from abroad begin with 9 and a country code instead of a
 * municipality; they name no place here.
 *
 * `stdnum` 1.12.0 is not used: it takes the old formula for serial 100 only instead of 001 to 100, gives 1
 * instead of 0 where the new sum is a multiple of 11, and does not look at the date or the municipality.
 *
 * @see python-stdnum, `stdnum.sv.nit` (both formulas)
 */
export const elSalvadorNit: DocumentRule = {
  name: 'NIT',
  characters: ['14 digits', '14 dígitos'],
  alphabet: /^\d*$/,
  lengthMin: 14,
  lengthMax: 14,
  read(number) {
    const place = number.startsWith('9') ? undefined : placeOf('SV', number.slice(0, 4))
    if (typeof place === 'string') return place
    if (!isShortDate(number.slice(4, 10))) return 'date'
    if (checkDigit(number.slice(0, 13)) !== Number(number.slice(13))) return 'check'

    const formatted = `${number.slice(0, 4)}-${number.slice(4, 10)}-${number.slice(10, 13)}-${number.slice(13)}`
    return { canonical: number, formatted, ...(place && { place }) }
  },
}
