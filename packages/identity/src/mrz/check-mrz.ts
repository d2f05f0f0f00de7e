import type { Country } from '../countries.ts'
import type { Finding } from '../finding.ts'
import { isCalendarDate } from '../people/calendar.ts'
import { isSameName, mayBeCutFrom } from './mrz-names.ts'
import { type ReadMrz, readMrz } from './read-mrz.ts'
import { findingIn } from './texts.ts'

/** A part of the zone that a finding is about. */
export type MrzField = 'zone' | 'issuer' | 'documentNumber' | 'surnames' | 'givenNames' | 'birthDate' | 'sex' | 'expiry'

/** The rule that a part of the zone breaks. */
export type MrzCode =
  | 'format' // not the lines, the length or the characters of a zone
  | 'check' // the check digit does not match
  | 'date' // no such day
  | 'mismatch' // not what was typed
  | 'expired' // the document's last day is over

export interface MrzFinding extends Finding<MrzCode> {
  readonly field: MrzField
}

/** What somebody typed, as the other checks of this package accept it. */
export interface TypedIdentity {
  readonly country: Country
  /** Of DPI, DNI or DUI: digits only. */
  readonly documentNumber: string
  readonly givenNames: string
  readonly familyNames: string
  /** ISO 8601 date. */
  readonly dateOfBirth: string
  /** Left out: not compared. */
  readonly sex?: 'female' | 'male'
  /** ISO 8601 date, the card's last day. Left out: not compared. */
  readonly expiresOn?: string
}

export interface MrzAnswer {
  /** Empty: the zone keeps its rules and says what was typed. */
  readonly findings: readonly MrzFinding[]
  /** ISO 8601 date; null: the zone has none that can be trusted. */
  readonly expiresOn: string | null
}

/** ISO 3166-1 alpha-3, as Doc 9303-3, section 5, takes them over. */
const ISSUERS: Readonly<Record<Country, string>> = { GT: 'GTM', HN: 'HND', SV: 'SLV' }

/**
 * Where a card may have the number that people know. Doc 9303-5, 4.2.2 leaves optional data to the state, and none of
 * the three publishes its choice: thirteen digits of DPI and DNI do not fit into the nine of the document number, so
 * they stand in optional data, or overflow into it; the nine of a DUI fit. Any of these places will do.
 */
const NUMBER_PLACES = ['documentNumber', 'optional1', 'optional2', 'optional', 'personalNumber'] as const

const CHECK_DIGITS = [
  ['documentNumberCheckDigit', 'documentNumber'],
  ['birthDateCheckDigit', 'birthDate'],
  ['expirationDateCheckDigit', 'expiry'],
  ['personalNumberCheckDigit', 'documentNumber'],
  ['compositeCheckDigit', 'zone'],
] as const

/**
 * Compares the machine-readable zone of a card with what was typed, and its check digits with what they cover. All
 * findings at once, each naming its field and rule.
 *
 * @param text Three lines of 30 (TD1), or two of 36 (TD2) or 44 (TD3); with or without line breaks.
 * @param typed Undefined: nothing was typed yet, so the zone is held against its own rules alone.
 * @param today ISO 8601 date where the person is.
 * @see ICAO Doc 9303, 8th edition, parts 3, 4, 5 and 6
 * @example
 * checkMrz('IDSLV661785774<…', typed, '2026-11-28').findings // [{ field: 'birthDate', code: 'mismatch', … }]
 */
export function checkMrz(text: string, typed: TypedIdentity | undefined, today: string): MrzAnswer {
  const zone = readMrz(text)
  if (zone === undefined) return { findings: [findingIn('zone', 'format')], expiresOn: null }
  const expiry = expiryOf(zone)
  const isDay = expiry !== 'none' && expiry !== 'date'
  const findings = [
    ...ownFindings(zone),
    ...(typed === undefined ? [] : mismatches(zone, typed)).map((field) => findingIn(field, 'mismatch')),
    ...(isDay && expiry !== (typed?.expiresOn ?? expiry) ? [findingIn('expiry', 'mismatch')] : []),
    ...(expiry === 'date' ? [findingIn('expiry', 'date')] : []),
    ...(isDay && expiry < today ? [findingIn('expiry', 'expired')] : []),
  ]
  const isTrusted = isDay && !zone.invalid.has('expirationDateCheckDigit') && !zone.invalid.has('compositeCheckDigit')
  return { findings, expiresOn: isTrusted ? expiry : null }
}

function ownFindings({ invalid }: ReadMrz): readonly MrzFinding[] {
  const digits = CHECK_DIGITS.filter(([digit]) => invalid.has(digit)).map(([, field]) => findingIn(field, 'check'))
  return invalid.has('documentCode') ? [...digits, findingIn('zone', 'format')] : digits
}

function mismatches(zone: ReadMrz, typed: TypedIdentity): readonly MrzField[] {
  const sex = zone.value('sex')
  const compared: readonly (readonly [MrzField, boolean])[] = [
    ['issuer', zone.value('issuingState') === ISSUERS[typed.country]],
    ['documentNumber', NUMBER_PLACES.some((place) => hasNumber(zone.value(place), typed.documentNumber))],
    ...comparedNames(zone, typed),
    ['birthDate', zone.value('birthDate') === typed.dateOfBirth.slice(2).replaceAll('-', '')],
    ['sex', typed.sex === undefined || sex === typed.sex || sex === 'nonspecified'],
  ]
  return compared.filter(([, isSame]) => !isSame).map(([field]) => field)
}

/** Fillers are blanks by now: the number stands alone, or the field is nothing else. */
const hasNumber = (value: string, number: string): boolean =>
  value.split(' ').includes(number) || value.replaceAll(' ', '') === number

function comparedNames(zone: ReadMrz, { familyNames, givenNames }: TypedIdentity): (readonly [MrzField, boolean])[] {
  const cut = zone.mayBeCut && mayBeCutFrom([zone.surnames, zone.givenNames], [familyNames, givenNames])
  return [
    ['surnames', cut || isSameName(zone.surnames, familyNames)],
    ['givenNames', cut || isSameName(zone.givenNames, givenNames)],
  ]
}

/** @returns ISO 8601; `none`: fillers alone, a card without end; `date`: no day. The last day is in this century. */
function expiryOf(zone: ReadMrz): string {
  const text = zone.value('expirationDate')
  if (text === '<<<<<<') return 'none'
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  if (!isCalendarDate(2000 + Number(year), Number(month), Number(day))) return 'date'
  return `20${year}-${month}-${day}`
}
