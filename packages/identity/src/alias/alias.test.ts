import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkAlias, drawAlias, formatAlias } from './alias.ts'

const fiveBytes = fc.uint8Array({ minLength: 5, maxLength: 5 }).filter(([first = 0]) => first < 0xff)
const anAlias = fiveBytes.map((bytes) => drawAlias(() => bytes))

it('has 12 digits, no leading zero, and is congruent to 1 modulo 97', () => {
  fc.assert(
    fc.property(anAlias, (alias) => {
      expect(alias).toMatch(/^[1-9]\d{11}$/)
      expect(BigInt(alias) % 97n).toBe(1n)
      expect(checkAlias(alias)).toEqual({ valid: true, canonical: alias, formatted: formatAlias(alias) })
      expect(checkAlias(formatAlias(alias))).toEqual(checkAlias(alias))
    }),
  )
})

it('every single wrong digit of 500 aliases is found', () => {
  fc.assert(
    fc.property(anAlias, (alias) => {
      for (const [position, right] of [...alias].entries()) {
        for (const wrong of [...'0123456789'].filter((digit) => digit !== right)) {
          expect(checkAlias(alias.slice(0, position) + wrong + alias.slice(position + 1)).valid).toBe(false)
        }
      }
    }),
    { numRuns: 500 },
  )
})

it('every swap of two different neighbours of 500 aliases is found', () => {
  fc.assert(
    fc.property(anAlias, (alias) => {
      for (let position = 0; position < alias.length - 1; position++) {
        const swapped = alias.charAt(position + 1) + alias.charAt(position)
        const typed = alias.slice(0, position) + swapped + alias.slice(position + 2)
        if (typed !== alias) expect(checkAlias(typed).valid).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

it('is drawn uniformly: what lies above the last multiple is drawn again', () => {
  const draws = [Uint8Array.of(255, 255, 255, 255, 255), Uint8Array.of(0, 0, 0, 0, 0)]

  expect(drawAlias(() => draws.shift() ?? new Uint8Array())).toBe('100000000093')
})

it('one payload has one alias: its other residues are refused', () => {
  const others = Array.from({ length: 100 }, (_, check) => `1000000000${String(check).padStart(2, '0')}`)

  expect(others.filter((alias) => checkAlias(alias).valid)).toEqual(['100000000093'])
})

it.each([
  ['', 'length', 'nothing'],
  ['10000000009', 'length', 'a digit is missing'],
  ['1000 0000 0084', 'check', 'a digit is wrong'],
  ['0000 0000 0098', 'format', 'no alias begins with 0'],
  ['1000 0000 00I3', 'format', 'a letter'],
] as const)('refuses "%s" as %s: %s', (text, code, _why) => {
  expect(checkAlias(text)).toMatchObject({ valid: false, code })
})

it.each([
  [() => new Uint8Array(4), 'too few bytes'],
  [() => new Uint8Array(5).fill(255), 'never anything usable'],
] as const)('gives up on a broken random source %#: %s', (randomBytes, _why) => {
  expect(() => drawAlias(randomBytes)).toThrow(RangeError)
})
