import { decodeQR } from 'qr/decode.js'
import { isJpeg, pictureOfJpeg } from './image-jpeg.ts'
import type { Picture } from './image-pixels.ts'
import { isPng, pictureOfPng } from './image-png.ts'

/** A picture that holds no QR code that could be read, or is no picture. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage' // a literal: survives minification
}

/**
 * Reads the QR code in a picture, drawn or photographed.
 *
 * @param bytes A PNG or JPEG file; which of them is told by its bytes, not by its name.
 * @returns The payload, exactly; its bytes are read as UTF-8.
 * @throws {UnreadableImage} Neither PNG nor JPEG, larger than 50 million pixels, no code that could be read, or bytes
 *   that are no UTF-8.
 * @example
 * parse(readImage(await readFile('code.png')))
 */
export function readImage(bytes: Uint8Array): string {
  try {
    const picture = pictureOf(bytes)
    const [small, ...larger] = [reduced(picture, PHOTO), picture].map(enlarged)
    return decoded(small ?? picture, larger)
  } catch (cause) {
    throw new UnreadableImage('no QR code could be read from this picture', { cause })
  }
}

function pictureOf(bytes: Uint8Array): Picture {
  if (isPng(bytes)) return pictureOfPng(bytes)
  if (isJpeg(bytes)) return pictureOfJpeg(bytes)
  throw new RangeError('neither PNG nor JPEG')
}

/** Tries one picture after the other. @throws what the last one failed with */
function decoded(picture: Picture, others: readonly Picture[]): string {
  const [next, ...more] = others.filter(({ width }) => width !== picture.width)
  try {
    return decodeQR(picture, {
      effort: Number.POSITIVE_INFINITY,
      timeLimit: READ_LIMIT_MS,
      textDecoder: (part, eci) => new TextDecoder(charsetOf(eci), { fatal: true, ignoreBOM: true }).decode(part),
    })
  } catch (error) {
    if (next === undefined) throw error
    return decoded(next, more)
  }
}

/** A picture in which nothing is found after this time is given up. */
const READ_LIMIT_MS = 3_000

/** A code may say (by ECI 3) that its bytes are ISO 8859-1; otherwise payment codes are UTF-8. */
function charsetOf(eci: number | undefined): 'latin1' | 'utf-8' {
  return eci === 3 ? 'latin1' : 'utf-8'
}

/** Pixels below which a picture is enlarged, and above which a photo is first tried smaller. */
const SMALL = 480
const PHOTO = 1600

/** Codes of one or two pixels per module are too fine for the decoder: draw them larger. */
function enlarged(picture: Picture): Picture {
  const { width, height, data } = picture
  const factor = Math.max(1, Math.ceil(SMALL / Math.max(width, height)))
  if (factor === 1) return picture
  const large = new Uint8Array(width * factor * height * factor * 4)
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 4
      large.set(data.subarray(from, from + 4), (y * width * factor + x) * 4)
    }
  }
  return { width: width * factor, height: height * factor, data: large }
}

/** Means of squares of pixels: quicker to search, and the noise of a photo is gone. */
function reduced(picture: Picture, most: number): Picture {
  const factor = Math.ceil(Math.max(picture.width, picture.height) / most)
  if (factor === 1) return picture
  const [width, height] = [Math.floor(picture.width / factor), Math.floor(picture.height / factor)]
  const data = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let row = y * factor; row < (y + 1) * factor; row++) {
          const from = (row * picture.width + x * factor) * 4 + channel
          for (let column = 0; column < factor; column++) sum += picture.data[from + column * 4] ?? 0
        }
        data[(y * width + x) * 4 + channel] = sum / (factor * factor)
      }
    }
  }
  return { width, height, data }
}
