import { getPublicKey, hashes, sign, verify } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'

/** Lengths in bytes. */
export const PUBLIC_KEY_LENGTH = 32
export const SIGNATURE_LENGTH = 64
export const SEED_LENGTH = 32

/** The frame that makes a PKCS #8 private key of a seed. @see RFC 8410 section 7 */
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20)

/**
 * Whether the signature is the key's over the message. By WebCrypto where it knows Ed25519 (Chrome 137, Firefox 129,
 * Safari 17, Node 18, and only in secure contexts), else by JavaScript. The two may differ only on signatures that the
 * owner of the key made odd on purpose (points of small order).
 * @returns false also for keys and signatures that are none; never throws.
 * @see RFC 8032 section 5.1.7
 */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== PUBLIC_KEY_LENGTH || signature.length !== SIGNATURE_LENGTH) return false
  try {
    const subtle = crypto.subtle
    const key = await subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
    return await subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
  } catch {
    return verifyInJavaScript(publicKey, message, signature)
  }
}

/** The same without WebCrypto. */
export function verifyInJavaScript(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  useSha512()
  try {
    return verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

/**
 * The public key of a private one.
 * @param seed 32 bytes, RFC 8032's private key.
 * @returns 32 bytes.
 * @see RFC 8032 section 5.1.5
 */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  useSha512()
  return getPublicKey(seed)
}

/**
 * Signs by WebCrypto where it knows Ed25519, else by JavaScript: the same 64 bytes.
 * @see RFC 8032 section 5.1.6
 */
export async function signEd25519(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  try {
    const pkcs8 = Uint8Array.of(...PKCS8_PREFIX, ...seed)
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('Ed25519', key, new Uint8Array(message)))
  } catch {
    return signInJavaScript(seed, message)
  }
}

/** The same without WebCrypto. */
export function signInJavaScript(seed: Uint8Array, message: Uint8Array): Uint8Array {
  useSha512()
  return sign(message, seed)
}

/** What @noble/ed25519 asks for to work without WebCrypto, whose own SHA-512 is missing in insecure contexts. */
function useSha512(): void {
  hashes.sha512 ??= sha512
}
