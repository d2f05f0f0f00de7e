import { hashes, verify } from '@noble/ed25519'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { toBase64Url } from './base64url.ts'

hashes.sha512 = sha512 // the library asks for its hash; without WebCrypto it works on plain http pages, too

/** Bytes of an Ed25519 public key. */
const PUBLIC_KEY_BYTES = 32

/** Bytes of an Ed25519 signature. */
export const SIGNATURE_BYTES = 64

/**
 * Does the signature belong to the message and the key? False, too, for malformed ones.
 *
 * The strict rules of the RFC, not those of ZIP 215: a key of low order signs nothing.
 *
 * @see RFC 8032, section 5.1.7
 */
export function isSignatureOf(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES || publicKey.length !== PUBLIC_KEY_BYTES) return false
  try {
    return verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false // not a point of the curve
  }
}

/** Characters of a key id. */
export const KEY_ID_LENGTH = 8

/**
 * The id by which codes name a key: the first 8 base64url characters of the SHA-256 of the public key.
 *
 * @param publicKey 32 bytes.
 * @throws {RangeError} for another number of bytes.
 * @example
 * keyIdOf(new Uint8Array(32)) // 'Zmh6rfhi'
 */
export function keyIdOf(publicKey: Uint8Array): string {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError(`a public key has 32 bytes, not ${publicKey.length}`)
  return toBase64Url(sha256(publicKey)).slice(0, KEY_ID_LENGTH)
}
