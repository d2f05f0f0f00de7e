import { placeOf } from '../places/place.ts'
import type { DocumentRule } from './document-rule.ts'
import { weightedSum } from './weighted-sum.ts'

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9]

/**
 * Guatemalan DPI; its number is the CUI: 8 digits of serial, 1 check digit, 2 of department, 2 of municipality.
 *
 * Check: weights 2 to 9 from the left, modulo 11. Published implementations disagree about a remainder
 * of 10: `stdnum` takes 0, Odoo takes K (as for the NIT), common scripts refuse. RENAP publishes nothing;
 * refusing keeps every number whose check is one digit, and has a code of its own (`remainder10`), so that
 * an operator can see how often it happens.
 *
 * `stdnum` 1.12.0 is not used: it misses the municipalities 0514 and 1333 and accepts municipality `00`.
 *
 * @see `test/vectors/ids.json`, computed twice independently; io026 for the contested remainder
 */
export const guatemalaDpi: DocumentRule = {
  name: 'DPI',
  characters: ['13 digits', '13 dígitos'],
  alphabet: /^\d*$/,
  lengthMin: 13,
  lengthMax: 13,
  read(number) {
    const place = placeOf('GT', number.slice(9))
    if (typeof place === 'string') return place

    const remainder = weightedSum(number, WEIGHTS) % 11
    if (remainder === 10) return 'remainder10'
    if (remainder !== Number(number.charAt(8))) return 'check'

    const formatted = `${number.slice(0, 4)} ${number.slice(4, 9)} ${number.slice(9)}`
    return { canonical: number, formatted, place }
  },
}
