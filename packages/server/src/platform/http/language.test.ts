import { expect, it } from 'vitest'
import { preferredLanguage } from './language.ts'

it.each([
  [undefined, 'en', 'nothing said'],
  ['es', 'es', 'the plain tag'],
  ['ES-gt', 'es', 'tags have no case'],
  ['en, es', 'en', 'the first of equals'],
  ['en;q=0.5, es;q=0.8', 'es', 'the better one'],
  ['es;q=0, en', 'en', 'zero is a refusal'],
  ['fr, de', 'en', 'neither'],
  ['fr;q=1.0, es;q=0.1', 'es', 'better than nothing'],
  [';;q=,,', 'en', 'nonsense'],
] as const)('%s → %s: %s', (header, language, _why) => {
  expect(preferredLanguage(header)).toBe(language)
})
