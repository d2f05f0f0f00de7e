import { encodeBase64Url } from './base64.ts'
import { PUBLIC_KEY_LENGTH } from './ed25519.ts'
import { portableSha256 } from './sha256.ts'

/**
 * Short name of a public key in receipts, merchant codes and key directories. It finds a key among known ones; being
 * 48 bits, it does not stand for the key.
 * @param publicKey 32 bytes.
 * @returns First 8 base64url characters of its SHA-256.
 * @throws {RangeError} not 32 bytes
 */
export function keyId(publicKey: Uint8Array): string {
  if (publicKey.length !== PUBLIC_KEY_LENGTH) {
    throw new RangeError(`an Ed25519 public key has ${PUBLIC_KEY_LENGTH} bytes, not ${publicKey.length}`)
  }
  return encodeBase64Url(portableSha256(publicKey)).slice(0, 8)
}
