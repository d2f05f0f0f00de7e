/** The effect of one byte on the register, for each value its upper half can have. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  return crc
})

const UTF_8 = new TextEncoder()

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
  return crcText(register(payload))
}

/**
 * A register value as object 63 holds it: four upper-case hexadecimal digits.
 *
 * @param crc 0 to 65,535.
 */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** The register after the text's UTF-8 bytes. Most codes are ASCII, whose characters are their bytes. */
function register(text: string): number {
  let crc = 0xffff
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return registerOfBytes(UTF_8.encode(text))
    crc = shift(crc, code)
  }
  return crc
}

function registerOfBytes(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) crc = shift(crc, byte)
  return crc
}

function shift(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (TABLE[(crc >> 8) ^ byte] ?? 0)
}
