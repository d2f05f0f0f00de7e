import { type Finding, findingOf, type Texts } from '../finding.ts'
import { withoutSeparators } from '../spelling.ts'
import { hasCheckDigits, withCheckDigits } from './mod-97-10.ts'

/** Why a text is not an alias. */
export type AliasCode =
  | 'format' // something else than digits, or a leading zero
  | 'length' // not 12 digits
  | 'check' // a digit is wrong, or two are swapped

/** The alias, 12 digits and in groups, or why the text is none. */
export type AliasCheck =
  | { readonly valid: true; readonly canonical: string; readonly formatted: string }
  | Finding<AliasCode>

/** Digits of an alias, the two check digits included. */
export const ALIAS_LENGTH = 12

const TEXTS: Texts<AliasCode> = {
  format: [
    'A payment number has only digits and does not begin with 0',
    'El número de pago solo tiene dígitos y no empieza con 0',
  ],
  length: ['A payment number has 12 digits', 'El número de pago tiene 12 dígitos'],
  check: ['One of the digits is wrong', 'Alguno de los dígitos está equivocado'],
}

/** Payloads have ten digits and no leading zero: spreadsheets and number fields would drop it. */
const PAYLOAD_MIN = 1_000_000_000
const PAYLOAD_COUNT = 9_000_000_000

const DRAW_BYTES = 5
const DRAW_LIMIT = Math.floor(2 ** (8 * DRAW_BYTES) / PAYLOAD_COUNT) * PAYLOAD_COUNT
const DRAWS_MAX = 64 // each succeeds with probability 0.998: a good source never gets here

/**
 * Draws an alias: the number a payer types, says or sends by SMS to pay somebody.
 *
 * 10 digits drawn uniformly (values above the last multiple are drawn again, not folded), 2 check digits.
 * An alias tells nothing about its holder. It may be taken already: 9 × 10⁹ are possible, so the store's
 * unique index decides and the caller draws again.
 *
 * @param randomBytes Gives that many unpredictable bytes, such as `crypto.getRandomValues(new Uint8Array(n))`.
 * @returns 12 digits.
 * @throws {RangeError} `randomBytes` gives another number of bytes, or 64 times nothing usable
 * @see ISO/IEC 7064:2003, MOD 97-10
 * @example
 * drawAlias((count) => crypto.getRandomValues(new Uint8Array(count))) // like '482915307720'
 */
export function drawAlias(randomBytes: (count: number) => Uint8Array): string {
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const bytes = randomBytes(DRAW_BYTES)
    if (bytes.length !== DRAW_BYTES) throw new RangeError('the random source gave another number of bytes')
    const value = bytes.reduce((number, byte) => number * 256 + byte, 0)
    if (value < DRAW_LIMIT) return withCheckDigits(String(PAYLOAD_MIN + (value % PAYLOAD_COUNT)))
  }
  throw new RangeError('the random source is not random')
}

/**
 * Checks an alias as somebody typed it, with or without spaces and hyphens.
 *
 * Every single wrong digit and every swap of two neighbours is found.
 *
 * @example
 * checkAlias('1000 0000 0084') // { valid: false, code: 'check', … }
 */
export function checkAlias(text: string): AliasCheck {
  const canonical = withoutSeparators(text)
  if (!/^(?!0)\d*$/.test(canonical)) return findingOf(TEXTS, 'format')
  if (canonical.length !== ALIAS_LENGTH) return findingOf(TEXTS, 'length')
  if (!hasCheckDigits(canonical)) return findingOf(TEXTS, 'check')
  return { valid: true, canonical, formatted: formatAlias(canonical) }
}

/**
 * An alias in groups of four, as it is printed and read aloud.
 *
 * @param alias 12 digits.
 * @example
 * formatAlias('482915307720') // '4829 1530 7720'
 */
export function formatAlias(alias: string): string {
  return `${alias.slice(0, 4)} ${alias.slice(4, 8)} ${alias.slice(8)}`
}
