import type { DocumentRule } from './document-rule.ts'

/**
 * Check character of a Guatemalan NIT: weights 2, 3, 4 … from the right, `-sum mod 11`, 10 written `K`.
 *
 * @param body The digits before the check character.
 */
function checkCharacter(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index + 2), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'K' : String(check)
}

/**
 * Guatemalan NIT: 1 to 11 digits and a check character. Leading zeros are not significant, so they are
 * dropped and only then is the length counted. `CF` (consumidor final) stands on invoices where a NIT
 * would; it is nobody's number and has its own code, so that a form can offer a box to tick instead.
 *
 * `stdnum` 1.12.0 computes the same check but keeps leading zeros: one NIT would have many canonical forms.
 *
 * @see SAT, Factura Electrónica en Línea: Reglas y Validaciones, page 58
 */
export const guatemalaNit: DocumentRule = {
  name: 'NIT',
  characters: ['2 to 12 digits, the last of which may be K', '2 a 12 dígitos, y el último puede ser K'],
  alphabet: /^(?:\d*[\dK]|C[/.]?F\.?)?$/,
  lengthMin: 2,
  lengthMax: 12,
  significant: (spelling) => spelling.replace(/^0+(?=..)/, ''),
  read(number) {
    if (number.startsWith('C')) return 'cf'
    if (number === '00') return 'placeholder'

    const body = number.slice(0, -1)
    const check = number.slice(-1)
    if (check !== checkCharacter(body)) return 'check'

    return { canonical: number, formatted: `${body}-${check}` }
  },
}
