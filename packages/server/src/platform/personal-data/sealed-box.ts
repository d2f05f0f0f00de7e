import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'

const ALGORITHM = 'aes-256-gcm'
const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FIRST = 1 + NONCE_BYTES

/** Bytes that do not open: changed, moved to where they do not belong, or sealed under another key. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened'
}

/**
 * Seals bytes by AES-256-GCM (NIST SP 800-38D): a format byte, 12 random bytes of nonce, the ciphertext, 16 of tag.
 *
 * @param key 32 bytes. With random nonces good for 2³² sealings: a person has thousands.
 * @param context Where the bytes belong. They open only there.
 */
export function seal(key: Uint8Array, context: string, bytes: Uint8Array, random: RandomBytes): Uint8Array {
  const nonce = random(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context))
  const sealed = new Uint8Array(FIRST + bytes.length + TAG_BYTES)
  sealed[0] = FORMAT
  sealed.set(nonce, 1)
  sealed.set(cipher.update(bytes), FIRST)
  cipher.final() // empty: GCM has no padding
  sealed.set(cipher.getAuthTag(), FIRST + bytes.length)
  return sealed
}

/** @throws {NotOpened} */
export function open(key: Uint8Array, context: string, sealed: Uint8Array): Uint8Array {
  const end = sealed.length - TAG_BYTES
  if (sealed[0] !== FORMAT || end < FIRST) throw new NotOpened('these bytes were not sealed here')
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(1, FIRST)).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(FIRST, end)), decipher.final()]))
  } catch (cause) {
    throw new NotOpened('these bytes do not open under this key and context', { cause })
  }
}
