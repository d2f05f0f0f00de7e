import { decodeBase64, encodeBase64 } from './base64.ts'
import { concatBytes } from './bytes.ts'
import { PUBLIC_KEY_LENGTH } from './ed25519.ts'
import { MalformedProof } from './errors.ts'
import { ED25519_TYPE, isNoteName, type NoteVerifier, noteKeyHash } from './note.ts'

/**
 * A key as the tools around transparency logs take it ("vkey").
 * @throws {RangeError} the name cannot be a key's, or the key has not 32 bytes
 * @see https://c2sp.org/signed-note section "Verifier keys"
 * @example
 * formatVerifierKey({ name: 'example.com/foo', publicKey }) // 'example.com/foo+530d903a+AekyeRrm56hApGFk…'
 */
export function formatVerifierKey({ name, publicKey }: NoteVerifier): string {
  if (!isNoteName(name)) throw new RangeError('a key name is not empty and has no spaces and no plus')
  if (publicKey.length !== PUBLIC_KEY_LENGTH) throw new RangeError(`a key has ${PUBLIC_KEY_LENGTH} bytes`)
  const hash = Array.from(noteKeyHash(name, publicKey), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${name}+${hash}+${encodeBase64(concatBytes(Uint8Array.of(ED25519_TYPE), publicKey))}`
}

/**
 * Reads a verifier key for Ed25519.
 * @throws {MalformedProof} `verifier_key_malformed`, also for other types of key and for a hash that is not the key's
 * @see https://c2sp.org/signed-note section "Verifier keys"
 */
export function parseVerifierKey(text: string): NoteVerifier {
  const [name = '', , ...rest] = text.split('+') // base64 may have a plus, too
  try {
    const verifier = { name, publicKey: decodeBase64(rest.join('+')).slice(1) }
    if (formatVerifierKey(verifier) === text) return verifier
  } catch (cause) {
    throw new MalformedProof('verifier_key_malformed', 'not a verifier key for Ed25519', { cause })
  }
  throw new MalformedProof('verifier_key_malformed', 'not a verifier key for Ed25519')
}
