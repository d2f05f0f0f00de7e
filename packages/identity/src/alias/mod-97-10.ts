/**
 * Appends the two check digits of ISO 7064 MOD 97-10.
 *
 * The result is congruent to 1 modulo 97. Every wrong digit and every swap of neighbours is detected:
 * they change the number by less than 97 times a power of ten, and 97 is prime.
 *
 * @param payload 1 to 13 ASCII digits, so that arithmetic on numbers is exact.
 * @returns Payload and two check digits, `02` to `98`.
 * @see ISO/IEC 7064:2003, MOD 97-10
 */
export function withCheckDigits(payload: string): string {
  const check = 98 - ((Number(payload) * 100) % 97)
  return payload + String(check).padStart(2, '0')
}

/** Do the last two of these digits check the others? One payload has one pair: `00`, `01`, `99` never occur. */
export function hasCheckDigits(digits: string): boolean {
  return withCheckDigits(digits.slice(0, -2)) === digits
}
