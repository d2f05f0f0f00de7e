import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/**
 * SHA-256 in one call: 32 bytes for any bytes. Whoever hashes much passes a faster one:
 * @example
 * import { hash } from 'node:crypto'
 * Frontier.empty((bytes) => hash('sha256', bytes, 'buffer'))
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** HMAC-SHA-256 in one call: 32 bytes for a key and a message. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array

/** Length of a SHA-256 hash in bytes. */
export const HASH_LENGTH = 32

/** SHA-256 that runs anywhere, the default where one can be passed. */
export const portableSha256: Sha256 = (bytes) => sha256(bytes)

/** HMAC-SHA-256 that runs anywhere, the default where one can be passed. */
export const portableHmacSha256: HmacSha256 = (key, message) => hmac(sha256, key, message)
