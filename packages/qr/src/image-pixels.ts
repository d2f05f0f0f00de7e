import type { decode } from 'fast-png'

/** Opaque pixels: red, green, blue and 255, a byte each, row by row. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Largest picture that is made or read, in pixels: a phone's photo has fewer. */
export const MAX_PIXELS = 50_000_000

type DecodedPng = ReturnType<typeof decode>

/**
 * Any kind of PNG (grey, colour, palette, 1 to 16 bits, with opacity) as opaque pixels. Transparent
 * parts become white, like the page behind them.
 *
 * @see Portable Network Graphics (PNG) Specification, section 11.2.1, table 11.1
 */
export function toPicture(png: DecodedPng): Picture {
  const { width, height } = png
  const data = new Uint8Array(width * height * 4).fill(255)
  const colorAt = colorsOf(png)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { red, green, blue, opacity } = colorAt(x, y)
      const at = (y * width + x) * 4
      data[at] = onWhite(red, opacity)
      data[at + 1] = onWhite(green, opacity)
      data[at + 2] = onWhite(blue, opacity)
    }
  }
  return { width, height, data }
}

interface Color {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly opacity: number
}

function onWhite(value: number, opacity: number): number {
  return opacity === 255 ? value : 255 - ((255 - value) * opacity) / 255
}

function colorsOf(png: DecodedPng): (x: number, y: number) => Color {
  const { channels, depth, palette } = png
  const sampleAt = samplesOf(png)
  if (palette !== undefined) {
    const colors = palette.map(([red = 0, green = 0, blue = 0, opacity = 255]) => ({ red, green, blue, opacity }))
    const absent = { red: 255, green: 255, blue: 255, opacity: 255 }
    return (x, y) => colors[sampleAt(y, x)] ?? absent
  }
  const byteAt = (y: number, index: number): number => (sampleAt(y, index) * 255) / ((1 << depth) - 1)
  const hasOpacity = channels === 2 || channels === 4
  const blueAt = channels < 3 ? 0 : 2
  return (x, y) => {
    const first = x * channels
    return {
      red: byteAt(y, first),
      green: byteAt(y, first + blueAt / 2),
      blue: byteAt(y, first + blueAt),
      opacity: hasOpacity ? byteAt(y, first + channels - 1) : 255,
    }
  }
}

/** Samples of fewer than 8 bits are packed into bytes, each row on its own. */
function samplesOf({ width, channels, depth, data }: DecodedPng): (row: number, index: number) => number {
  const samplesPerRow = width * channels
  if (depth >= 8) return (row, index) => data[row * samplesPerRow + index] ?? 0
  const perByte = 8 / depth
  const bytesPerRow = Math.ceil(samplesPerRow / perByte)
  const mask = (1 << depth) - 1
  return (row, index) => {
    const byte = data[row * bytesPerRow + Math.floor(index / perByte)] ?? 0
    return (byte >> (8 - depth * ((index % perByte) + 1))) & mask
  }
}
