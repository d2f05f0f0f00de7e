import { fromBase64Url, toBase64Url } from './base64url.ts'
import { KEY_ID_LENGTH, SIGNATURE_BYTES } from './ed25519.ts'
import type { SubFields } from './fields.ts'
import { writeObject } from './tlv.ts'

/** Separates these signatures from all others that the same key could make. */
const PREFIX = 'pisto-qr-v1\n'

/** A signature has 86 base64url characters and a template at most 99: it is split in the middle. */
const HALF = 43

const MINUTE_MS = 60_000

/** Six digits of base 36 reach the year 6108. */
const EXPIRY = /^[1-9a-z][0-9a-z]{0,5}$/

/** The part of template `80` that is signed: whose, by which key, until when. */
export interface SignatureHead {
  readonly guid: string
  readonly keyId: string
  /** `02`: minutes since 1970 in base 36. */
  readonly expiry?: string
}

/** What templates `80` and `81` say together. */
export interface SignatureTemplates extends SignatureHead {
  readonly signature: Uint8Array
}

/**
 * The bytes that are signed: a prefix, all root objects but `63`, `80` and `81` in the order of the
 * payload, then the objects `00` to `02` of `80`, as UTF-8.
 *
 * @param objects The root objects as they are written, without `63`, `80` and `81`.
 */
export function signedBytes(objects: string, { guid, keyId, expiry }: SignatureHead): Uint8Array {
  const head =
    writeObject('00', guid) + writeObject('01', keyId) + (expiry === undefined ? '' : writeObject('02', expiry))
  return new TextEncoder().encode(PREFIX + objects + head)
}

/** Templates `80` and `81`. */
export function writeSignature({ guid, keyId, expiry, signature }: SignatureTemplates): {
  '80': SubFields
  '81': SubFields
} {
  const text = toBase64Url(signature)
  const head = { '00': guid, '01': keyId }
  return {
    '80': { ...head, ...(expiry === undefined ? {} : { '02': expiry }), '03': text.slice(0, HALF) },
    '81': { '00': guid, '01': text.slice(HALF) },
  }
}

/**
 * Reads templates `80` and `81`. Exactly the objects that are signed, and nothing else, may stand in them.
 *
 * @returns `undefined` if they are malformed.
 */
export function readSignatureTemplates(first: SubFields, second: SubFields): SignatureTemplates | undefined {
  const { '00': guid = '', '01': keyId = '', '02': expiry, '03': start = '', ...others } = first
  const { '00': sameGuid, '01': end = '', ...more } = second
  const signature = fromBase64Url(start + end)
  if (Object.keys(others).length > 0 || Object.keys(more).length > 0 || guid !== sameGuid) return undefined
  if (start.length !== HALF || end.length !== HALF || signature?.length !== SIGNATURE_BYTES) return undefined
  if (keyId.length !== KEY_ID_LENGTH) return undefined
  if (expiry === undefined) return { guid, keyId, signature }
  return EXPIRY.test(expiry) ? { guid, keyId, signature, expiry } : undefined
}

/**
 * A moment as minutes since 1970 in base 36, rounded up: a code is never said to end before its time.
 *
 * @throws {RangeError} The moment lies before 1970-01-01T00:01Z or beyond the year 6108.
 * @example
 * toExpiry(new Date('2026-01-01T00:00:00Z')) // 'hjao0'
 */
export function toExpiry(moment: Date): string {
  const text = Math.ceil(moment.getTime() / MINUTE_MS).toString(36)
  if (!EXPIRY.test(text)) throw new RangeError(`not a moment a code can expire at: ${moment.getTime()} ms`)
  return text
}

/** The moment from which on a code is expired. */
export function fromExpiry(expiry: string): Date {
  return new Date(Number.parseInt(expiry, 36) * MINUTE_MS)
}
