import parsePhoneNumber from 'libphonenumber-js/core'
import { type Country, isCountry } from '../countries.ts'
import { type Finding, findingOf, type Texts } from '../finding.ts'
import { PHONE_METADATA } from './metadata.generated.ts'

/** Why a phone number is refused. */
export type PhoneCode =
  | 'format' // something else than digits, spaces, hyphens, dots, brackets and one leading plus
  | 'country' // no country given, or a number of a country we do not serve
  | 'number' // no such number in the country's numbering plan

/** A number of the numbering plan: it can exist, and its range says whether it is mobile. */
export interface Phone {
  readonly valid: true
  /** The country the number belongs to: a prefix in the number wins over the country asked about. */
  readonly country: Country
  /** ITU-T E.164 with plus, the form to store and compare. */
  readonly e164: string
  /** Mobile, so that it can receive a code by SMS; false for land lines and service numbers. */
  readonly mobile: boolean
  /** The form to show: `+502 5555 1234`. */
  readonly formatted: string
}

/** Digits are missing; there are too many; or it begins like a land line, but the plan has no such number. */
export type PhoneHint = 'short' | 'long' | 'fixed'

/** A refused phone number. */
export interface PhoneFinding extends Finding<PhoneCode> {
  /** With `number`: what seems to be wrong, where it can be told. */
  readonly hint?: PhoneHint
}

/** The number with what it tells, or why it is refused. */
export type PhoneCheck = Phone | PhoneFinding

const TEXTS: Texts<PhoneCode> = {
  format: ['A phone number has only digits', 'El número de teléfono solo lleva dígitos'],
  country: [
    'Write a number of Guatemala, Honduras or El Salvador',
    'Escriba un número de Guatemala, Honduras o El Salvador',
  ],
  number: ['This phone number does not exist in this country', 'Este número de teléfono no existe en este país'],
}

const HINT_TEXTS: Texts<PhoneHint> = {
  short: ['The phone number is missing digits', 'Al número de teléfono le faltan dígitos'],
  long: ['The phone number has too many digits', 'Al número de teléfono le sobran dígitos'],
  fixed: ['No land line has this number', 'Ninguna línea fija tiene este número'],
}

/** Digits of a subscriber's number in all three countries. */
const NATIONAL_LENGTH = 8

/**
 * Checks a phone number as people write it: with or without country code, spaces, hyphens or brackets.
 *
 * @param country Whose numbering plan a number without country code belongs to. Undefined: only numbers
 *   with a plus are accepted, for a bare national number exists in every country.
 * @returns The number in E.164, and whether it is mobile; or a finding.
 * @see ITU-T E.164; libphonenumber's numbering plans, in `metadata.generated.ts`
 * @example
 * checkPhone('GT', '4123-4567') // { valid: true, country: 'GT', e164: '+50241234567', mobile: true, … }
 * checkPhone('HN', '98765') // { valid: false, code: 'number', hint: 'short', … }
 */
export function checkPhone(country: Country | undefined, value: string): PhoneCheck {
  const spelling = value.replace(/\p{Cf}/gu, '').trim() // marks that come along from a phone's contacts
  if (!/^\+?[\d\s\p{Pd}().]+$/u.test(spelling) || !/\d/.test(spelling)) return findingOf(TEXTS, 'format')
  if (country === undefined && !spelling.startsWith('+')) return findingOf(TEXTS, 'country')

  const options = { extract: false, ...(country && { defaultCountry: country }) }
  const phone = parsePhoneNumber(spelling, options, PHONE_METADATA)
  if (phone === undefined) return unreadable(spelling)
  const owner = phone.country
  if (owner === undefined || !isCountry(owner)) return findingOf(TEXTS, 'country')
  if (!phone.isValid()) return noSuchNumber(phone.nationalNumber, owner)

  return {
    valid: true,
    country: owner,
    e164: phone.number,
    mobile: phone.getType() === 'MOBILE',
    get formatted() {
      return phone.formatInternational() // costs as much as all the rest: written where it is shown
    },
  }
}

/** First digits of land lines, as the fixed-line patterns of `metadata.generated.ts` have them. */
const LAND_LINES: Readonly<Record<Country, RegExp>> = { GT: /^[267]/, HN: /^2/, SV: /^2/ }

const PREFIXES = Object.keys(PHONE_METADATA.country_calling_codes)

/** The parser gives nothing for prefixes outside the metadata and for numbers far too short or too long. */
function unreadable(spelling: string): PhoneFinding {
  const digits = spelling.replace(/\D/g, '')
  const foreign = spelling.startsWith('+') && !PREFIXES.includes(digits.slice(0, 3))
  return foreign ? findingOf(TEXTS, 'country') : noSuchNumber(digits)
}

function noSuchNumber(national: string, country?: Country): PhoneFinding {
  const hint = hintFor(national, country)
  return hint === undefined ? findingOf(TEXTS, 'number') : { ...findingOf(HINT_TEXTS, hint), code: 'number', hint }
}

function hintFor(national: string, country: Country | undefined): PhoneHint | undefined {
  if (national.length < NATIONAL_LENGTH) return 'short'
  if (national.length > NATIONAL_LENGTH) return 'long'
  return country !== undefined && LAND_LINES[country].test(national) ? 'fixed' : undefined
}
