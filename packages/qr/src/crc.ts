import { pairs } from './pairs.ts'

/** What a byte does to the register, for each value its upper half can have then. */
const ONE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  return crc
})

/** `00` to `FF`. */
const HEXADECIMAL = pairs(16)

const UTF_8 = new TextEncoder()

/** Where the bytes of the text at hand stand: used anew for each. */
let bytes = new Uint8Array(1024)

/** The same with another byte after it: so two bytes are one step. */
const TWO = ONE.map((crc) => shift(crc, 0))

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
  return crcText(checksum(payload))
}

/**
 * A register value as object 63 holds it: four upper-case hexadecimal digits.
 *
 * @param crc 0 to 65,535, or the complement that {@link checksum} gives.
 */
export function crcText(crc: number): string {
  const value = crc < 0 ? ~crc : crc
  return `${HEXADECIMAL[value >> 8]}${HEXADECIMAL[value & 0xff]}`
}

/** Is it printable ASCII that ends in the right checksum, as it is written? */
export function isSealedAscii(payload: string): boolean {
  const crc = checksum(payload, 4)
  return crc >= 0 && payload.endsWith(crcText(crc))
}

/**
 * The checksum of a text, over its UTF-8 bytes.
 *
 * @param sealed How many bytes at its end do not count.
 * @returns The complement, which is below zero, unless all that counts is printable ASCII: one pass tells both.
 */
export function checksum(text: string, sealed = 0): number {
  if (bytes.length < 3 * text.length) bytes = new Uint8Array(3 * text.length)
  const end = UTF_8.encodeInto(text, bytes).written - sealed
  let crc = 0xffff
  let plain = 0 // below zero once a byte is below " " or above "~"
  let at = 0
  for (; at + 1 < end; at += 2) {
    const one = bytes[at] ?? 0
    const two = bytes[at + 1] ?? 0
    plain |= (one - 0x20) | (0x7e - one) | (two - 0x20) | (0x7e - two)
    crc = (TWO[(crc >> 8) ^ one] ?? 0) ^ (ONE[(crc & 0xff) ^ two] ?? 0)
  }
  if (at < end) {
    const last = bytes[at] ?? 0
    plain |= (last - 0x20) | (0x7e - last)
    crc = shift(crc, last)
  }
  return plain < 0 ? ~crc : crc
}

function shift(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (ONE[(crc >> 8) ^ byte] ?? 0)
}
