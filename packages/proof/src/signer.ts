import { publicKeyOf, SEED_LENGTH, signEd25519 } from './ed25519.ts'
import { keyId } from './key-id.ts'

/** Whoever can sign with one Ed25519 key: a seed in memory, a key service, a hardware module. */
export interface Signer {
  /** First 8 base64url characters of the SHA-256 of the public key. */
  readonly keyId: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** Gives the 64 bytes of an Ed25519 signature over `message`. */
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** Gives that many bytes nobody can guess, for example `(length) => crypto.getRandomValues(new Uint8Array(length))`. */
export type RandomBytes = (length: number) => Uint8Array

/**
 * A signer whose private key is in memory.
 * @param seed 32 bytes, RFC 8032's private key.
 * @throws {RangeError} not 32 bytes
 * @see RFC 8032 section 5.1.5
 */
export function ed25519Signer(seed: Uint8Array): Signer {
  if (seed.length !== SEED_LENGTH) throw new RangeError(`a seed has ${SEED_LENGTH} bytes, not ${seed.length}`)
  const own = new Uint8Array(seed)
  const publicKey = publicKeyOf(own)
  return { keyId: keyId(publicKey), publicKey, sign: (message) => signEd25519(own, message) }
}

/** A new key: its seed, to be kept secret and safe, and its signer. */
export function generateSigner(randomBytes: RandomBytes): { readonly seed: Uint8Array; readonly signer: Signer } {
  const seed = randomBytes(SEED_LENGTH)
  return { seed, signer: ed25519Signer(seed) }
}
