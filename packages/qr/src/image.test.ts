import fc from 'fast-check'
import { encode } from 'fast-png'
import { encode as encodeJpeg } from 'jpeg-js'
import { expect, it } from 'vitest'
import { readImage, toPng, toSvg } from './image.ts'
import { modulesOf } from './image-svg.ts'

const PAYLOAD = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5915Panadería Ñandú6009Guatemala63041E7E'
const unreadable = expect.objectContaining({ name: 'UnreadableImage' })

it.each([
  ['a code in ASCII', '0002016304AAE6'],
  ['accents as UTF-8', PAYLOAD],
  ['Chinese characters and emoji', '北京 最佳运输 🍍👩🏽‍🌾'],
  ['a line feed at the end, which is part of the text', 'abc\n'],
  ['a byte order mark at the start, which is part of the text', '\ufeffabc'],
  ['512 characters', `${'Ñ1a '.repeat(128)}`],
])('what is drawn is read back: %s', (_what, payload) => {
  expect(readImage(toPng(payload))).toBe(payload)
})

it.each([1, 2, 3, 5, 16])('a scale of %d pixels is read back', (scale) => {
  expect(readImage(toPng(PAYLOAD, { scale }))).toBe(PAYLOAD)
})

it.each(['L', 'M', 'Q', 'H'] as const)('error correction %s is read back', (errorCorrection) => {
  expect(readImage(toPng(PAYLOAD, { errorCorrection }))).toBe(PAYLOAD)
})

it('any text is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (payload) => {
      expect(readImage(toPng(payload, { scale: 4 }))).toBe(payload)
    }),
    { numRuns: 60 },
  )
})

const fourfold = <T>(items: readonly T[]): T[] => items.flatMap((item) => [item, item, item, item])
const pixels = fourfold(modulesOf(PAYLOAD).map((row) => fourfold(row)))

it.each([
  ['grey with opacity', 2, (dark: boolean) => [0, dark ? 255 : 0]],
  ['colours', 3, (dark: boolean) => (dark ? [90, 0, 60] : [255, 250, 230])],
  ['colours with opacity', 4, (dark: boolean) => [0, 0, 0, dark ? 255 : 0]],
] as const)('reads a PNG in %s', (_kind, channels, colorOf) => {
  const data = Uint8Array.from(pixels.flat().flatMap((dark) => [...colorOf(dark)]))

  expect(readImage(encode({ width: pixels.length, height: pixels.length, data, channels }))).toBe(PAYLOAD)
})

it('reads a PNG of 16 bits', () => {
  const data = Uint16Array.from(pixels.flat(), (dark) => (dark ? 300 : 65_000))

  expect(readImage(encode({ width: pixels.length, height: pixels.length, data, channels: 1, depth: 16 }))).toBe(PAYLOAD)
})

/** A drawing as a phone's photo has it: grey, turned, uneven light, noise, JPEG. */
function photo(size: number, quality: number): Uint8Array {
  const modules = modulesOf(PAYLOAD)
  const turn = 0.12
  const light = (x: number, y: number): number => 0.75 + (0.25 * x) / size - (0.2 * y) / size
  const data = new Uint8Array(size * size * 4).fill(255)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [fromX, fromY] = [x - size / 2, y - size / 2]
      const scale = (modules.length * 1.6) / size
      const column = Math.floor((fromX * Math.cos(turn) - fromY * Math.sin(turn)) * scale + modules.length / 2)
      const row = Math.floor((fromX * Math.sin(turn) + fromY * Math.cos(turn)) * scale + modules.length / 2)
      const ink = modules[row]?.[column] === true ? 50 : 225
      const noise = ((x * 7919 + y * 104_729) % 31) - 15
      data.fill(Math.max(0, Math.min(255, ink * light(x, y) + noise)), (y * size + x) * 4, (y * size + x) * 4 + 3)
    }
  }
  return encodeJpeg({ width: size, height: size, data }, quality).data
}

it.each([
  ['small', 640, 80],
  ['as a phone makes it', 3000, 85],
  ['compressed by a messenger', 900, 30],
])('reads a photo, %s', (_what, size, quality) => {
  expect(readImage(photo(size, quality))).toBe(PAYLOAD)
})

it('refuses half a photo, and one without a code', () => {
  expect(() => readImage(photo(640, 80).slice(0, 2000))).toThrow(unreadable)
  const white = { width: 60, height: 60, data: new Uint8Array(14_400).fill(255) }
  expect(() => readImage(encodeJpeg(white, 80).data)).toThrow(unreadable)
})

it.each([
  ['no bytes', new Uint8Array()],
  ['bytes of something else', new TextEncoder().encode('%PDF-1.7 and more than 24 bytes of it')],
  ['a white picture', encode({ width: 50, height: 50, data: new Uint8Array(2500).fill(255), channels: 1 })],
  ['half a file', toPng(PAYLOAD).slice(0, 200)],
  ['a picture that says it is enormous', enormous()],
])('refuses %s', (_what, bytes) => {
  expect(() => readImage(bytes)).toThrow(unreadable)
})

function enormous(): Uint8Array {
  const bytes = toPng(PAYLOAD)
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 1_000_000)
  return bytes
}

it('an SVG has the quiet zone and the modules of the code', () => {
  const svg = toSvg('0002016304AAE6')

  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 29 29"/)
  expect(svg).toContain('M4 4h7v1h-7z') // the upper edge of the first finder pattern
  expect(modulesOf('0002016304AAE6').slice(0, 4).flat()).not.toContain(true)
})

it('the title of an SVG cannot become markup', () => {
  expect(toSvg('x', { title: 'Tía <script> & Co' })).toContain('<title>Tía &#60;script&#62; &#38; Co</title>')
})

it.each([
  [{ scale: 0 }, 'no pixels'],
  [{ scale: 1.5 }, 'parts of pixels'],
  [{ scale: 101 }, 'more than anyone prints'],
  [{ quietZone: -1 }, 'a negative border'],
  [{ quietZone: 0.5 }, 'half a module'],
])('refuses %j: %s', (options, _why) => {
  expect(() => toPng(PAYLOAD, options)).toThrow(RangeError)
})
