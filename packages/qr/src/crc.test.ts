import { expect, it } from 'vitest'
import { crc16, crcText } from './crc.ts'
import { parse } from './parse.ts'

const HEAD = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT59'

it.each([
  ['AAE6', '0002016304', 'the smallest code'],
  ['0054', `${HEAD}08Tienda 86009Guatemala6304`, 'leading zeros are kept'],
  ['B431', `${HEAD}15Panadería Ñandú6006Sololá6304`, 'over UTF-8 bytes'],
  ['3D0A', `${HEAD}08Cafe\u0301 N\u03036009Guatemala6304`, 'over the bytes as they are, decomposed'],
])('%s is the CRC of %s: %s', (crc, payload, _why) => {
  expect(crc16(payload)).toBe(crc)
})

it.each(['', '6304 ', '630', '00020163046304X'])('a payload that does not end in 6304 is refused: "%s"', (payload) => {
  expect(() => crc16(payload)).toThrow(RangeError)
})

it('all 65,536 values are four digits that read back', () => {
  for (let crc = 0; crc < 65_536; crc++) {
    const text = crcText(crc)
    if (!/^[0-9A-F]{4}$/.test(text) || Number.parseInt(text, 16) !== crc) expect(text).toBe(crc)
  }
})

it('codes with each of the 65,536 values are read, and none with another value', () => {
  const codes = new Map<string, string>()
  for (let reference = 0; codes.size < 65_536; reference++) {
    const open = `00020126080004test53033205802GT6211050${`${reference}`.padStart(8, '0')}6304`.replace(
      '6211050',
      '62120508',
    )
    const crc = crc16(open)
    if (!codes.has(crc)) codes.set(crc, open)
  }
  const wrong = [...codes].filter(([crc, open]) => !parse(open + crc).ok || parse(open + other(crc)).ok)

  expect(wrong).toEqual([])
})

/** A neighbouring value. */
function other(crc: string): string {
  return crcText(Number.parseInt(crc, 16) ^ 1)
}
