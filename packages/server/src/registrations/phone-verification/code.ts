import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'

/** The code that every phone has in the sandbox. */
export const SANDBOX_CODE = '000000'

const CODES = 1_000_000
const DRAW_BYTES = 3
const DRAW_LIMIT = Math.floor(2 ** (8 * DRAW_BYTES) / CODES) * CODES
const DRAWS_MAX = 64 // each succeeds with probability 0.95

/**
 * Six digits, each code as likely as any other: draws above the last multiple of a million are drawn again.
 *
 * @throws {RangeError} the random source gives 64 times nothing usable
 */
export function drawCode(random: RandomBytes): string {
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const value = random(DRAW_BYTES).reduce((number, byte) => number * 256 + byte, 0)
    if (value < DRAW_LIMIT) return String(value % CODES).padStart(6, '0')
  }
  throw new RangeError('the random source is not random')
}

/**
 * What is stored instead of the code: HMAC-SHA-256 under the server's key, bound to its verification, so that a
 * stolen table tells no code and a row copied to another verification confirms nothing.
 */
export const hashCode = (secret: Uint8Array, verificationId: string, code: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', secret).update(`phone-code\n${verificationId}\n${code}`).digest())

export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
