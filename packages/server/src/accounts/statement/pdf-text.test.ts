import { expect, it } from 'vitest'
import { fitted, printable } from './pdf-text.ts'

it.each([
  // text, printed, why
  ['Piñatería «Ñandú» ¡Sí! €', 'Piñatería «Ñandú» ¡Sí! €', 'all of Spanish'],
  ['Pin\u0303ateri\u0301a', 'Piñatería', 'however it is composed'],
  ['Fiesta 🎉 Мария', 'Fiesta ? ?????', 'what the fonts do not have'],
  ['a\tb\u0000\u202e', 'a?b??', 'control characters'],
])('%j is printed as %j: %s', (text, printed, _why) => {
  expect(printable(text)).toBe(printed)
})

it.each([
  // text, width in letters, what fits, why
  ['Mesa 4', 6, 'Mesa 4', 'it fits'],
  ['Mesa 4 almuerzo', 8, 'Mesa 4…', 'no space before the ellipsis'],
  ['Mesa 4', 1, '…', 'nothing but the ellipsis'],
])('%j in %i letters is %j: %s', (text, width, fits, _why) => {
  expect(fitted(text, width, (part) => part.length)).toBe(fits)
})
