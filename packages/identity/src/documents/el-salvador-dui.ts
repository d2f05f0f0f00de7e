import type { DocumentRule } from './document-rule.ts'
import { weightedSum } from './weighted-sum.ts'

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Salvadoran DUI: 8 digits and a check digit, `(10 - sum mod 10) mod 10` with weights 9 to 2 from the left.
 *
 * All zeros keep that rule and are what people type to get past a form: refused as a placeholder.
 * Since 2021 the DUI is also a natural person's tax number; it stays a DUI here.
 *
 * @see `test/vectors/ids.json`, computed twice independently; io065 for the placeholder
 */
export const elSalvadorDui: DocumentRule = {
  name: 'DUI',
  characters: ['9 digits', '9 dígitos'],
  alphabet: /^\d*$/,
  lengthMin: 9,
  lengthMax: 9,
  read(number) {
    if (number === '000000000') return 'placeholder'

    const serial = number.slice(0, 8)
    const check = number.slice(8)
    if ((10 - (weightedSum(serial, WEIGHTS) % 10)) % 10 !== Number(check)) return 'check'

    return { canonical: number, formatted: `${serial}-${check}` }
  },
}
