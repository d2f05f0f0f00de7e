/**
 * Every number of ISO 4217, also of currencies Pisto cannot hold: a QR reader must tell a foreign currency from a
 * mistake. Short, because it travels to browsers: each character says, in base 36, how far a number lies after the one
 * before it: `84k4` are 008, 012, 032, 036. The test has them in full.
 *
 * @see ISO 4217:2015 table A.1, as of 2026-01-01 (Debian iso-codes 4.15 with 396 XAD and 924 ZWG);
 *   without 963 (testing) and 999 (no currency)
 */
const STEPS =
  '84k4842118444c66848884884e4e31b5688264k8ms444844444448c44224424314444c844i4c2684881f648c848244q938s8' +
  '48224ik4444c444c7b886i2m4fn111111111122212121111111211111112121111112111111311443'

/** How many digits there are where it is not two, and for which numbers. */
const UNUSUAL = [
  [0, '108 152 174 262 324 352 392 410 548 600 646 704 800 940 950 952 953'],
  [3, '048 368 400 414 434 512 788'],
  [4, '927 990'],
] as const

/** By number; undefined where there is no such currency. */
const DIGITS: number[] = []
let number = 0
for (const step of STEPS) {
  number += Number.parseInt(step, 36)
  DIGITS[number] = 2
}
for (const [digits, numbers] of UNUSUAL) {
  for (const unusual of numbers.split(' ')) DIGITS[Number(unusual)] = digits
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
  let index = number.length === 3 ? 0 : Number.NaN
  for (let at = 0; at < number.length; at++) {
    const digit = number.charCodeAt(at) - 48
    index = digit >= 0 && digit <= 9 ? 10 * index + digit : Number.NaN
  }
  return DIGITS[index]
}
