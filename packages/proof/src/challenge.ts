import type { RandomBytes } from './signer.ts'

/** Crockford's base32 in lower case, as in the ids: no i, l, o, u. Five bits a character. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A challenge's length in characters: 40 bits. */
export const CHALLENGE_LENGTH = 8

/** Whether a text is a challenge as `createChallenge` makes them. */
export function isChallenge(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{8}$/.test(text)
}

/**
 * Makes the challenge of one charge, on or off line: 40 random bits that the payer's bank must have seen to sign them.
 * @param randomBytes For example `(length) => crypto.getRandomValues(new Uint8Array(length))`.
 * @returns 8 characters of lower-case Crockford base32, for object 05 of template 62 of the merchant's code.
 */
export function createChallenge(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(CHALLENGE_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}
