/** The effect of one byte on the register, for each value its upper half can have. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  return crc
})

/**
 * Checksum that closes an EMVCo merchant-presented QR payload (field 63).
 *
 * CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, no reflection, no final XOR.
 *
 * @param payload Everything before the checksum, ending in `6304`. Hashed as UTF-8 bytes,
 *   not UTF-16 code units: `ñ` counts as two bytes although field lengths count it as one character.
 * @returns Four upper-case hexadecimal digits; leading zeros are kept (`0019` occurs in the wild).
 * @throws {RangeError} `payload` does not end in `6304`.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1
 * @example
 * crc16('0002016304') // 'AAE6'
 */
export function crc16(payload: string): string {
  if (!payload.endsWith('6304')) throw new RangeError(`payload must end in 6304, got "${payload.slice(-4)}"`)
  const crc = crcOfAscii(payload, payload.length)
  return crcText(crc < 0 ? crcOfUtf8(payload) : crc)
}

/**
 * A register value as object 63 holds it: four upper-case hexadecimal digits.
 *
 * @param crc 0 to 65,535.
 */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/**
 * The checksum of a text's start, if it is printable ASCII, as most codes are: its characters are its bytes.
 *
 * @param end How many characters of it.
 * @returns -1 if there is any other character.
 */
export function crcOfAscii(text: string, end: number): number {
  let crc = 0xffff
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code > 0x7e) return -1
    crc = shift(crc, code)
  }
  return crc
}

/** Does object 63 with this checksum stand at this place, as it is written? */
export function isCrcAt(text: string, at: number, crc: number): boolean {
  for (let digit = 0; digit < 4; digit++) {
    const value = (crc >> (12 - 4 * digit)) & 15
    if (text.charCodeAt(at + digit) !== value + (value < 10 ? 48 : 55)) return false
  }
  return true
}

/** The checksum of any text, over its UTF-8 bytes. */
function crcOfUtf8(text: string): number {
  let crc = 0xffff
  for (const byte of new TextEncoder().encode(text)) crc = shift(crc, byte)
  return crc
}

function shift(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (TABLE[(crc >> 8) ^ byte] ?? 0)
}
