import type { Country } from '../countries.ts'
import { type Finding, findingOf } from '../finding.ts'
import { withoutSeparators } from '../spelling.ts'
import type { KnownFacts, NationalIdCode, NationalIdFacts } from './document-rule.ts'
import { type DocumentType, ruleFor } from './document-types.ts'
import { textsFor, textsForNone } from './texts.ts'

/** A national id that keeps every rule that can be checked without asking the registry. */
export interface NationalId extends NationalIdFacts {
  readonly valid: true
  readonly country: Country
  readonly type: DocumentType
}

/** The id with what it tells, or the first rule it breaks. */
export type NationalIdCheck = NationalId | Finding<NationalIdCode>

/**
 * Checks a national id or tax number: characters, length, place, date or year, check digit, in this order.
 *
 * @param type `DPI`, `NIT` (GT); `DNI`, `RTN` (HN); `DUI`, `NIT` (SV).
 * @param value As written: with or without spaces and hyphens.
 * @param known What else is known; with the birth date a Honduran number's year is compared.
 * @returns The id, canonical and formatted, with what it tells; or a finding. Valid means well-formed:
 *   only the registry knows whether it was issued, and to whom.
 * @see the rule of each document, beside this file
 * @example
 * checkNationalId('SV', 'DUI', '661785774') // { valid: true, formatted: '66178577-4', … }
 * checkNationalId('HN', 'DNI', '0829-1990-16776') // { valid: false, code: 'municipality', … }
 */
export function checkNationalId(
  country: Country,
  type: DocumentType,
  value: string,
  known: KnownFacts = {},
): NationalIdCheck {
  const rule = ruleFor(country, type)
  if (rule === undefined) return findingOf(textsForNone(type), 'type')
  const refuse = (code: Exclude<NationalIdCode, 'type'>) => findingOf(textsFor(rule), code)

  const spelling = withoutSeparators(value)
  if (!rule.alphabet.test(spelling)) return refuse('format')

  const number = rule.significant?.(spelling) ?? spelling
  if (number.length < rule.lengthMin || number.length > rule.lengthMax) return refuse('length')

  const reading = rule.read(number, known)
  return typeof reading === 'string' ? refuse(reading) : { valid: true, country, type, ...reading }
}

/**
 * The text under which two registrations have the same document: equal exactly when country, type and
 * canonical number are. For unique indexes and look-ups.
 *
 * @example
 * documentKey({ country: 'SV', type: 'DUI', canonical: '661785774' }) // 'SV:DUI:661785774'
 */
export function documentKey(id: Pick<NationalId, 'country' | 'type' | 'canonical'>): string {
  return `${id.country}:${id.type}:${id.canonical}`
}
