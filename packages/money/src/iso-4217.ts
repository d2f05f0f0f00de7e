/**
 * Every number of ISO 4217, also of currencies Pisto cannot hold: a QR reader must tell a foreign
 * currency from a mistake. A line for each first digit, with the last digits that there are for each middle one, 0 to
 * 9: '8 2  26 …' are 008, 012, 032, 036. Short, because it travels to browsers.
 *
 * @see ISO 4217:2015 table A.1, as of 2026-01-01 (Debian iso-codes 4.15 with 396 XAD and 924 ZWG);
 *   without 963 (testing) and 999 (no currency)
 */
const LAST_DIGITS = [
  '8 2  26 48 012 048 2 4 06', // 000
  '48 6 4 26 4 26  04 8 12', // 100
  '38 4 2 028 2  2 0  2', // 200
  '  048 2 048 26 048 6 8 268', // 300
  '048 0478 26 04 6 48 2  04 68', // 400
  '4 26 4 23 8 48 6 8 6 08', // 500
  '048   4 36 4   2 04', // 600
  '246 0 8  8 26 04 6 048 ', // 700
  '07 8 6 4 0 8 0  26 ', // 800
  '1  456789 0123468 01346789 012356789 01245789 012356789 01456 047', // 900
]

/** Those whose minor unit is not two digits. */
const UNUSUAL_DIGITS: Readonly<Record<number, string>> = {
  0: '108 152 174 262 324 352 392 410 548 600 646 704 800 940 950 952 953',
  3: '048 368 400 414 434 512 788',
  4: '927 990',
}

const DIGITS = new Map<string, number>()
for (const [first, line] of LAST_DIGITS.entries()) {
  for (const [middle, lasts] of line.split(' ').entries()) {
    for (const last of lasts) DIGITS.set(`${first}${middle}${last}`, 2)
  }
}
for (const [digits, numbers] of Object.entries(UNUSUAL_DIGITS)) {
  for (const number of numbers.split(' ')) DIGITS.set(number, Number(digits))
}

/**
 * Digits after the point of a currency by its ISO 4217 number.
 *
 * @param number Three ASCII digits, leading zeros kept.
 * @returns `undefined` if ISO 4217 has no such number.
 * @example
 * digitsOfNumber('320') // 2
 * digitsOfNumber('152') // 0, Chilean pesos have no cents
 * digitsOfNumber('321') // undefined
 */
export function digitsOfNumber(number: string): number | undefined {
  return DIGITS.get(number)
}
