import { MalformedProof } from './errors.ts'

/**
 * Base64 with padding, standard alphabet.
 * @see RFC 4648 section 4
 * @example
 * encodeBase64(Uint8Array.of(255, 239)) // '/+8='
 */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * Reads base64 in its one canonical spelling: padded, no white space, no bits set beyond the last byte.
 * @throws {MalformedProof} `base64_malformed`, when encoding the bytes again would not give the same characters
 * @see RFC 4648 section 4 and section 3.5 (canonical encoding)
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = lenientBytes(text)
  if (bytes === undefined || encodeBase64(bytes) !== text) {
    throw new MalformedProof('base64_malformed', 'not canonical base64')
  }
  return bytes
}

/**
 * Base64 without padding, URL-safe alphabet.
 * @see RFC 4648 section 5
 * @example
 * encodeBase64Url(Uint8Array.of(255, 239)) // '_-8'
 */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Reads base64url in its one canonical spelling. The last of the 86 characters of an Ed25519 signature has
 * 15 respellings that tolerant decoders take for the same bytes; here they are refused.
 * @throws {MalformedProof} `base64_malformed`, when encoding the bytes again would not give the same characters
 * @see RFC 4648 section 5 and section 3.5 (canonical encoding)
 */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = lenientBytes(text.replaceAll('-', '+').replaceAll('_', '/'))
  if (bytes === undefined || encodeBase64Url(bytes) !== text) {
    throw new MalformedProof('base64_malformed', 'not canonical base64url')
  }
  return bytes
}

/** `atob` takes more than the canonical spelling; the callers compare what they would have written. */
function lenientBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
