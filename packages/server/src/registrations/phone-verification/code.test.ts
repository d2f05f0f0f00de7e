import { expect, it } from 'vitest'
import { drawCode, hashCode, isSameHash } from './code.ts'

const SECRET = new Uint8Array(32).fill(7)

/** Gives these numbers, three bytes each. */
function source(...values: number[]) {
  return () => {
    const value = values.shift() ?? 0
    return Uint8Array.of(value >> 16, (value >> 8) & 255, value & 255)
  }
}

it.each([
  [[0], '000000', 'leading zeros are kept'],
  [[999_999], '999999', 'the last code can be drawn'],
  [[1_000_001], '000001', 'a multiple of a million falls away'],
  [[15_999_999], '999999', 'the last draw that is used'],
  [[16_000_000, 123_456], '123456', 'a draw above the last multiple is drawn again, so that no code is likelier'],
] as const)('%j gives %s: %s', (values, code, _why) => {
  expect(drawCode(source(...values))).toBe(code)
})

it('gives up on a source that is stuck', () => {
  expect(() => drawCode(() => Uint8Array.of(255, 255, 255))).toThrow(RangeError)
})

it('a hash tells the code of its own verification only', () => {
  const stored = hashCode(SECRET, 'phv_a', '123456')

  expect(isSameHash(stored, hashCode(SECRET, 'phv_a', '123456'))).toBe(true)
  expect(isSameHash(stored, hashCode(SECRET, 'phv_a', '123457'))).toBe(false)
  expect(isSameHash(stored, hashCode(SECRET, 'phv_b', '123456'))).toBe(false)
  expect(isSameHash(stored, hashCode(new Uint8Array(32), 'phv_a', '123456'))).toBe(false)
})
