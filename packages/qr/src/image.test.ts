import fc from 'fast-check'
import { encode } from 'fast-png'
import { expect, it } from 'vitest'
import { readPng, toPng, toSvg } from './image.ts'
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
  expect(readPng(toPng(payload))).toBe(payload)
})

it.each([1, 2, 3, 5, 16])('a scale of %d pixels is read back', (scale) => {
  expect(readPng(toPng(PAYLOAD, { scale }))).toBe(PAYLOAD)
})

it.each(['L', 'M', 'Q', 'H'] as const)('error correction %s is read back', (errorCorrection) => {
  expect(readPng(toPng(PAYLOAD, { errorCorrection }))).toBe(PAYLOAD)
})

it('any text is read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (payload) => {
      expect(readPng(toPng(payload, { scale: 4 }))).toBe(payload)
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

  expect(readPng(encode({ width: pixels.length, height: pixels.length, data, channels }))).toBe(PAYLOAD)
})

it('reads a PNG of 16 bits', () => {
  const data = Uint16Array.from(pixels.flat(), (dark) => (dark ? 300 : 65_000))

  expect(readPng(encode({ width: pixels.length, height: pixels.length, data, channels: 1, depth: 16 }))).toBe(PAYLOAD)
})

it.each([
  ['no bytes', new Uint8Array()],
  ['bytes of something else', new TextEncoder().encode('%PDF-1.7 and more than 24 bytes of it')],
  ['a white picture', encode({ width: 50, height: 50, data: new Uint8Array(2500).fill(255), channels: 1 })],
  ['half a file', toPng(PAYLOAD).slice(0, 200)],
  ['a picture that says it is enormous', enormous()],
])('refuses %s', (_what, bytes) => {
  expect(() => readPng(bytes)).toThrow(unreadable)
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
