import { decode, encode } from 'fast-png'
import { decodeQR } from 'qr/decode.js'
import { type Picture, toPicture } from './image-pixels.ts'
import { type ImageOptions, modulesOf } from './image-svg.ts'

export interface PngOptions extends ImageOptions {
  /** Pixels per module, default 8. */
  readonly scale?: number
}

/** Largest picture that is made or read, in pixels: a phone's photo has fewer. */
const MAX_PIXELS = 50_000_000

/** A picture that holds no QR code that could be read, or is no PNG. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage' // a literal: survives minification
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

/**
 * Reads the QR code in a PNG.
 *
 * @param bytes The file.
 * @returns The payload, exactly; its bytes are read as UTF-8.
 * @throws {UnreadableImage} No PNG, larger than 50 million pixels, no code that could be read, or
 *   bytes that are no UTF-8.
 * @example
 * parse(readPng(await readFile('code.png')))
 */
export function readPng(bytes: Uint8Array): string {
  try {
    requireSize(bytes)
    return decodeQR(enlarged(toPicture(decode(bytes, { checkCrc: true }))), {
      effort: Number.POSITIVE_INFINITY,
      timeLimit: READ_LIMIT_MS,
      textDecoder: (part, eci) => new TextDecoder(charsetOf(eci), { fatal: true, ignoreBOM: true }).decode(part),
    })
  } catch (cause) {
    throw new UnreadableImage('no QR code could be read from this picture', { cause })
  }
}

/** A picture in which nothing is found after this time is given up. */
const READ_LIMIT_MS = 3_000

/** A code may say (by ECI 3) that its bytes are ISO 8859-1; otherwise payment codes are UTF-8. */
function charsetOf(eci: number | undefined): 'latin1' | 'utf-8' {
  return eci === 3 ? 'latin1' : 'utf-8'
}

/** Width and height stand at bytes 16 to 23 of every PNG: read before anything is unpacked. @see PNG, section 11.2.1 */
function requireSize(bytes: Uint8Array): void {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (header.getUint32(16) * header.getUint32(20) > MAX_PIXELS) throw new RangeError('the picture is too large')
}

/** Codes of one or two pixels per module are too fine for the decoder: draw them larger. */
function enlarged({ width, height, data }: Picture): Picture {
  const factor = Math.max(1, Math.ceil(SMALL / Math.max(width, height)))
  if (factor === 1) return { width, height, data }
  const large = new Uint8Array(width * factor * height * factor * 4)
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 4
      large.set(data.subarray(from, from + 4), (y * width * factor + x) * 4)
    }
  }
  return { width: width * factor, height: height * factor, data: large }
}

/** Pixels below which a picture is enlarged. */
const SMALL = 480
