import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkName } from './name.ts'

it.each([
  // written, canonical, why
  ['  Rosa   Umaña ', 'Rosa Umaña', 'one space between words, none around'],
  ['Rosa\u00a0Umaña', 'Rosa Umaña', 'no-break spaces are spaces'],
  ['Uman\u0303a', 'Umaña', 'NFC: one spelling per letter'],
  ["Ixchel K'aslem", "Ixchel K'aslem", 'apostrophes of Mayan languages'],
  ['=HYPERLINK("http://x","Y")', '=HYPERLINK("http://x","Y")', 'a formula is data here'],
  ['Taller 👩\u200d🔧', 'Taller 👩\u200d🔧', 'a shop sign may have an emoji'],
  ['7', '7', 'a shop may be called so'],
] as const)('reads "%s" as "%s": %s', (text, canonical, _why) => {
  expect(checkName(text)).toEqual({ valid: true, canonical })
})

it.each([
  // written, code, why
  ['', 'empty', 'nothing'],
  ['  \u00a0\u3000', 'empty', 'spaces only'],
  ['\u200d', 'empty', 'nothing that can be seen'],
  ['Rosa\nUmaña', 'control', 'a line break'],
  ['Rosa\tUmaña', 'control', 'a tab'],
  ['Rosa\u0000', 'control', 'a null'],
  ['Rosa \u202eañamU', 'control', 'text direction would show another name'],
  ['Rosa \ud83d', 'control', 'half a character'],
  ['a'.repeat(141), 'length', 'longer than a payment message carries'],
] as const)('refuses %j as %s: %s', (text, code, _why) => {
  expect(checkName(text)).toMatchObject({ valid: false, code })
})

it('a normalised name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
      const name = checkName(text)
      fc.pre(name.valid)
      expect(checkName(name.canonical)).toEqual(name)
    }),
  )
})

it('140 characters are counted as people count: an emoji is not two', () => {
  expect(checkName('🌽'.repeat(140)).valid).toBe(true)
})
