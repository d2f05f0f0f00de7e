const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Writes bytes as base64url without padding.
 *
 * @see RFC 4648, section 5
 * @example
 * toBase64Url(new Uint8Array([255, 224])) // '_-A'
 */
export function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let count = 0
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    count += 8
    while (count >= 6) {
      count -= 6
      text += ALPHABET.charAt((bits >> count) & 63)
    }
    bits &= (1 << count) - 1
  }
  return count === 0 ? text : text + ALPHABET.charAt((bits << (6 - count)) & 63)
}

/**
 * Reads base64url without padding, in its one canonical spelling: text that would not be written
 * back to the same characters is refused. (Others accept up to 15 respellings of the last character,
 * which would give one signature several texts.)
 *
 * @returns `undefined` for any other text.
 * @see RFC 4648, section 3.5 "Canonical Encoding"
 * @example
 * fromBase64Url('_-A') // Uint8Array [255, 224]
 * fromBase64Url('_-B') // undefined: the spare bits are not zero
 */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const character of text) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return undefined
    bits = (bits << 6) | value
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push(bits >> count)
      bits &= (1 << count) - 1
    }
  }
  return count < 6 && bits === 0 ? Uint8Array.from(bytes) : undefined
}
