import { decode, encode } from 'fast-png'
import { MAX_PIXELS, type Picture, toPicture } from './image-pixels.ts'
import { type ImageOptions, modulesOf } from './image-svg.ts'

export interface PngOptions extends ImageOptions {
  /** Pixels per module, default 8. */
  readonly scale?: number
}

/**
 * Draws a payload as a PNG of black and white pixels.
 *
 * @returns The bytes of the file.
 * @throws {RangeError} The scale is not 1 to 100 pixels, or the picture would have more than 50 million.
 * @example
 * await writeFile('code.png', toPng(payload, { scale: 10 }))
 */
export function toPng(payload: string, options: PngOptions = {}): Uint8Array {
  const { scale = 8 } = options
  if (!Number.isInteger(scale) || scale < 1 || scale > 100) throw new RangeError(`not a scale: ${scale}`)
  const modules = modulesOf(payload, options)
  const size = modules.length * scale
  if (size * size > MAX_PIXELS) throw new RangeError(`a picture of ${size} × ${size} pixels is too large`)
  const data = new Uint8Array(size * size).fill(255)
  modules.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (!isDark) return
      for (let line = y * scale; line < (y + 1) * scale; line++) {
        data.fill(0, line * size + x * scale, line * size + (x + 1) * scale)
      }
    })
  })
  return encode({ width: size, height: size, data, channels: 1, depth: 8 })
}

/** Every PNG begins with these bytes. @see PNG, section 5.2 */
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte)

/** @throws {RangeError} larger than 50 million pixels. @throws {Error} not a whole PNG */
export function pictureOfPng(bytes: Uint8Array): Picture {
  requireSize(bytes)
  return toPicture(decode(bytes, { checkCrc: true }))
}

/** Width and height stand at bytes 16 to 23 of every PNG: read before anything is unpacked. @see PNG, section 11.2.1 */
function requireSize(bytes: Uint8Array): void {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (header.getUint32(16) * header.getUint32(20) > MAX_PIXELS) throw new RangeError('the picture is too large')
}
