/**
 * Removes what people and programs put between the characters of a number: spaces of any kind,
 * hyphens and dashes of any kind, and the invisible marks (Unicode `Cf`) that come along when a
 * number is copied from a phone's contacts. Letters become capitals.
 *
 * Everything else stays, so that the format check can refuse it: only ASCII digits are digits.
 *
 * @example
 * withoutSeparators(' 0801-1990–12345 ') // '0801199012345'
 */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s\p{Pd}\p{Cf}\u2212]/gu, '').toUpperCase()
}
