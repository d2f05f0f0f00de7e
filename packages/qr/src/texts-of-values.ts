import type { RuleTexts } from './rule-texts.ts'

/** Texts of the rules about the values of root objects: kind of code, trade, money, place, name. */
export const VALUE_TEXTS = {
  R09: [
    'Object 01 is "{found}"',
    '11 for a code used many times, 12 for one used once',
    'El objeto 01 es "{found}"',
    '11 para un código de muchos usos, 12 para uno de un solo uso',
  ],
  R11: [
    'The merchant category "{found}" is not four digits',
    'Use a code of ISO 18245, or 0000',
    'La categoría del comercio "{found}" no son cuatro dígitos',
    'Use un código de ISO 18245, o 0000',
  ],
  R12: [
    'The currency "{found}" is no number of ISO 4217',
    'Quetzal 320, lempira 340, US dollar 840',
    'La moneda "{found}" no es un número de ISO 4217',
    'Quetzal 320, lempira 340, dólar 840',
  ],
  R13: [
    'The amount "{found}" is not 1 to 13 digits with at most one point between them',
    'Write it like 1234.50: no sign, space, comma or symbol',
    'El monto "{found}" no son de 1 a 13 dígitos con un punto como máximo entre ellos',
    'Escríbalo como 1234.50: sin signo, espacio, coma ni símbolo',
  ],
  R13zero: [
    'The amount is zero',
    'Leave object 54 out if the payer is to enter the amount',
    'El monto es cero',
    'Omita el objeto 54 si el pagador debe indicar el monto',
  ],
  R13dec: [
    'The amount "{found}" has more decimals than its currency',
    'This currency has {limit}',
    'El monto "{found}" tiene más decimales que su moneda',
    'Esta moneda tiene {limit}',
  ],
  R14: [
    'Tip or fee "{found}" in object {path} does not fit: 55, 56 and 57 contradict each other or the value is none',
    '55 is 01 (ask) alone, 02 with a fee in 56, or 03 with a percentage from 0.01 to 99.99 in 57',
    'La propina o el recargo "{found}" del objeto {path} no corresponde: 55, 56 y 57 se contradicen o el valor no es válido',
    '55 es 01 (preguntar) solo, 02 con un recargo en 56, o 03 con un porcentaje de 0.01 a 99.99 en 57',
  ],
  R15: [
    'The country "{found}" is no code of ISO 3166',
    'Two upper-case letters: GT, HN, SV',
    'El país "{found}" no es un código de ISO 3166',
    'Dos letras mayúsculas: GT, HN, SV',
  ],
  R16: [
    'The name has {found} characters',
    'At most {limit}',
    'El nombre tiene {found} caracteres',
    'Como máximo {limit}',
  ],
  R17: [
    'The city has {found} characters',
    'At most {limit}',
    'La ciudad tiene {found} caracteres',
    'Como máximo {limit}',
  ],
  R18: [
    'The postal code has {found} characters',
    'At most {limit}',
    'El código postal tiene {found} caracteres',
    'Como máximo {limit}',
  ],
  R23: [
    'Object {path} has letters that some readers garble: "{found}"',
    'Write it without accents, and as it is really spelled in object 64',
    'El objeto {path} tiene letras que algunos lectores dañan: "{found}"',
    'Escríbalo sin acentos, y con su ortografía verdadera en el objeto 64',
  ],
} satisfies Record<string, RuleTexts>
