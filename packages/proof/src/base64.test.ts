import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from './base64.ts'
import { toHex } from './testing/hex.ts'

it('agrees with the runtime and reads what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(toHex(decodeBase64(encodeBase64(bytes)))).toBe(toHex(bytes))
      expect(toHex(decodeBase64Url(encodeBase64Url(bytes)))).toBe(toHex(bytes))
    }),
  )
})

it.each([
  // text        why it is refused
  ['_-8=', 'the other alphabet'],
  ['/+8', 'no padding'],
  ['/+9=', 'bits beyond the last byte'],
  ['/+8==', 'too much padding'],
  ['/+ 8=', 'a space inside'],
  ['/+8=\n', 'a line feed behind'],
  ['A', 'not a whole byte'],
  ['====', 'padding alone'],
  ['ñaaa', 'not ASCII'],
])('refuses %j as base64: %s', (text, _why) => {
  expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'base64_malformed' }))
})

it.each([
  // text        why it is refused
  ['/+8', 'the other alphabet'],
  ['_-8=', 'padding'],
  ['_-9', 'bits beyond the last byte'],
  ['_-8\n', 'a line feed behind'],
  [' _-8', 'a space before'],
  ['A', 'not a whole byte'],
])('refuses %j as base64url: %s', (text, _why) => {
  expect(() => decodeBase64Url(text)).toThrow(expect.objectContaining({ code: 'base64_malformed' }))
})

it('64 bytes have one spelling: 15 of 16 last characters are refused', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const stem = encodeBase64Url(new Uint8Array(64).fill(7)).slice(0, -1)

  const accepted = [...alphabet].filter((last) => {
    try {
      return decodeBase64Url(stem + last).length === 64
    } catch {
      return false
    }
  })

  expect(accepted).toEqual(['A', 'Q', 'g', 'w'])
})
