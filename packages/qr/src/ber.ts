/** One BER-TLV object. */
export interface BerObject {
  /** One or two bytes in upper-case hexadecimal digits: `61`, `9F26`. */
  readonly tag: string
  /** Its bytes in upper-case hexadecimal digits. */
  readonly value: string
  /** The objects inside, for templates. */
  readonly children?: readonly BerObject[]
  /** Where the tag stands, in bytes from the start of the code. */
  readonly offset: number
}

export interface BerLevel {
  readonly objects: readonly BerObject[]
  readonly fault?: { readonly rule: 'C04' | 'C05'; readonly offset: number; readonly path: string }
}

/** Templates by the object they may stand in: `63` only inside `61`, `64` only inside `62`. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = { '': ['61', '62'], '61': ['63'], '62': ['64'] }

/** The five low bits that announce a second byte of the tag. */
const LONG_TAG = 0x1f

/**
 * Reads BER-TLV objects with their templates.
 *
 * @returns What was read up to the first fault: a length other than `00`–`7F` or `81` (C05), or an
 *   object that its bytes do not fill exactly (C04).
 * @see ISO/IEC 8825-1, section 8.1; EMV Book 3, annex B
 */
export function readBer(bytes: Uint8Array, inside = '', start = 0, path = ''): BerLevel {
  const objects: BerObject[] = []
  let at = 0
  while (at < bytes.length) {
    const tagLength = ((bytes[at] ?? 0) & LONG_TAG) === LONG_TAG ? 2 : 1
    const first = bytes[at + tagLength]
    const offset = start + at
    const tag = toHex(bytes.subarray(at, at + tagLength))
    const place = { offset, path: path === '' ? tag : `${path}.${tag}` }
    if (first === undefined) return { objects, fault: { rule: 'C04', ...place } }
    if (first > 0x81 || first === 0x80) return { objects, fault: { rule: 'C05', ...place } }
    const length = first === 0x81 ? bytes[at + tagLength + 1] : first
    const from = at + tagLength + (first === 0x81 ? 2 : 1)
    if (length === undefined || from + length > bytes.length) return { objects, fault: { rule: 'C04', ...place } }

    const content = bytes.subarray(from, from + length)
    const object = { tag, value: toHex(content), offset }
    if (TEMPLATES[inside]?.includes(tag) === true) {
      const { objects: children, fault } = readBer(content, tag, start + from, place.path)
      objects.push({ ...object, children })
      if (fault !== undefined) return { objects, fault }
    } else {
      objects.push(object)
    }
    at = from + length
  }
  return { objects }
}

/** The bytes of a payer's code. @throws {DOMException} not base64 */
export const decodeBase64 = (payload: string): Uint8Array =>
  Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}
