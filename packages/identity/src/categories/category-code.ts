import { type Finding, findingOf, type Texts } from '../finding.ts'
import { CATEGORY_CODES } from './iso-18245.ts'

/** Why a category code is refused. */
export type CategoryCodeCode =
  | 'format' // not four digits
  | 'unassigned' // four digits that stand for no kind of business

/** The code, or why it is refused. */
export type CategoryCodeCheck = { readonly valid: true; readonly canonical: string } | Finding<CategoryCodeCode>

const TEXTS: Texts<CategoryCodeCode> = {
  format: ['A category code has four digits', 'El código de categoría tiene cuatro dígitos'],
  unassigned: ['No kind of business has this category code', 'Ningún tipo de negocio tiene este código de categoría'],
}

/** First and last code of every entry of the table. */
const RANGES = CATEGORY_CODES.flatMap((row) => row.split(' ')).map((entry) => {
  const [first = '', last = first] = entry.split('-')
  return { first, last }
})

/**
 * Checks a merchant category code (EMV object 52): four digits, assigned to a kind of business.
 *
 * @param text Four ASCII digits; spaces around them are ignored. A leading zero that a spreadsheet dropped is
 *   not put back: `742` is refused.
 * @see ISO 18245:2023
 * @example
 * checkCategoryCode('5411') // { valid: true, canonical: '5411' }
 * checkCategoryCode('54A1') // { valid: false, code: 'format', … }
 */
export function checkCategoryCode(text: string): CategoryCodeCheck {
  const canonical = text.trim()
  if (!/^\d{4}$/.test(canonical)) return findingOf(TEXTS, 'format')
  // four digits each: the order of texts is the order of numbers
  const assigned = RANGES.some(({ first, last }) => first <= canonical && canonical <= last)
  return assigned ? { valid: true, canonical } : findingOf(TEXTS, 'unassigned')
}
