import { expect, it } from 'vitest'
import { checkCategoryCode } from './category-code.ts'
import { CATEGORY_CODES } from './iso-18245.ts'

it.each([
  ['5411', 'grocery'],
  ['5462', 'bakery, tortillería'],
  ['5499', 'vegetables'],
  ['5697', 'tailor'],
  ['5812', 'restaurant'],
  ['5912', 'pharmacy'],
  ['7230', 'barber'],
  ['7538', 'car workshop'],
  ['0742', 'a veterinary; the zero belongs to it'],
  ['3999', 'the range of hotels by name'],
] as const)('accepts %s: %s', (code, _why) => {
  expect(checkCategoryCode(code)).toEqual({ valid: true, canonical: code })
})

it.each([
  ['54A1', 'format', 'a letter'],
  ['742', 'format', 'a spreadsheet dropped the zero'],
  ['54110', 'format', 'five digits'],
  ['５411', 'format', 'ASCII digits only'],
  ['', 'format', 'nothing'],
  ['0000', 'unassigned', 'no kind of business'],
  ['5410', 'unassigned', 'between two codes'],
  ['9999', 'unassigned', 'no kind of business'],
] as const)('refuses "%s" as %s: %s', (text, code, _why) => {
  expect(checkCategoryCode(text)).toMatchObject({ valid: false, code })
})

it('the table is written in one way: ascending, no overlaps, four digits', () => {
  const numbers = CATEGORY_CODES.flatMap((row) => row.split(/[ -]/))

  expect(numbers.every((number) => /^\d{4}$/.test(number))).toBe(true)
  expect(numbers).toEqual([...new Set(numbers)].sort())
})
