import fc from 'fast-check'
import { expect, it } from 'vitest'
import { COUNTRIES, type Country } from '../countries.ts'
import { DOCUMENT_TYPES, type DocumentType, isDocumentType } from './document-types.ts'
import { checkNationalId, documentKey, type NationalId } from './national-id.ts'

const check = checkNationalId

it.each([
  // country, type, written, canonical, formatted, why
  ['GT', 'DPI', '1075690001805', '1075690001805', '1075 69000 1805', 'grouped as on the card'],
  ['GT', 'DPI', '6712 34315 0301', '6712343150301', '6712 34315 0301', 'spaces are not significant'],
  ['GT', 'NIT', '4945563-k', '4945563K', '4945563-K', 'a small k is a K'],
  ['GT', 'NIT', '00004945563K', '4945563K', '4945563-K', 'leading zeros are not significant'],
  ['GT', 'NIT', '0000000004945563K', '4945563K', '4945563-K', 'the length is counted without leading zeros'],
  ['SV', 'DUI', '66178577-4', '661785774', '66178577-4', 'digits only'],
  ['SV', 'DUI', ' 66178577–4 ', '661785774', '66178577-4', 'spreadsheets write dashes'],
  ['SV', 'DUI', '\u202a66178577-4\u202c', '661785774', '66178577-4', 'invisible marks come along when copied'],
  ['SV', 'NIT', '06141103830018', '06141103830018', '0614-110383-001-8', 'old formula, serial 001'],
  ['SV', 'NIT', '06140103371013', '06140103371013', '0614-010337-101-3', 'new formula, serial 101'],
  ['HN', 'DNI', '0801199012345', '0801199012345', '0801-1990-12345', 'hyphens are added'],
  ['HN', 'RTN', '08011990766230', '08011990766230', '0801-1990-766230', 'grouped like the DNI in it'],
] as const)('reads %s %s "%s" as %s, shown %s: %s', (country, type, value, canonical, formatted, _why) => {
  expect(check(country, type, value)).toMatchObject({ valid: true, country, type, canonical, formatted })
})

it.each([
  // country, type, value, code, why
  ['GT', 'DPI', '', 'length', 'nothing is a number of no digits'],
  ['GT', 'DPI', '１075690001805', 'format', 'ASCII digits only'],
  ['GT', 'DPI', '1075690001800', 'municipality', 'municipality 00 does not exist'],
  ['GT', 'DPI', '1075690001806', 'municipality', 'Izabal has five municipalities'],
  ['GT', 'DPI', '1075690011805', 'check', 'a digit is wrong'],
  ['GT', 'NIT', 'C/F', 'cf', 'another spelling of consumidor final'],
  ['GT', 'NIT', 'c.f.', 'cf', 'and another'],
  ['GT', 'NIT', '49K5563', 'format', 'K stands last'],
  ['GT', 'NIT', '0-0', 'placeholder', 'zeros keep the rule of the check digit'],
  ['GT', 'NIT', '0005', 'check', 'its significant part is 0-5'],
  ['GT', 'NIT', '', 'length', 'nothing'],
  ['SV', 'DUI', '661785773', 'check', 'a digit is wrong'],
  ['SV', 'DUI', '000000000', 'placeholder', 'what people type to get past a form'],
  ['SV', 'NIT', '0600-110383-001-8', 'municipality', 'municipality 00'],
  ['SV', 'NIT', '0620-110383-001-8', 'municipality', 'San Salvador had nineteen'],
  ['SV', 'NIT', '0614-300283-001-8', 'date', '30 February'],
  ['SV', 'NIT', '0614-290283-001-8', 'date', '1983 was no leap year, 2083 is none'],
  ['SV', 'NIT', '661785774', 'length', 'a DUI is the tax number of a person, but it is a DUI'],
  ['HN', 'DNI', '0801-2100-12345', 'year', 'not born yet, whatever the day'],
  ['HN', 'RTN', '0801-1890-123456', 'year', 'nobody is that old'],
  ['HN', 'RTN', '0829-9003-123456', 'municipality', 'organisations are registered somewhere, too'],
  ['GT', 'DUI', '661785774', 'type', 'Guatemala has no DUI'],
] as const)('refuses %s %s "%s" as %s: %s', (country, type, value, code, _why) => {
  expect(check(country, type, value)).toMatchObject({ valid: false, code })
})

it('29 February of year 00 is real: 1900 was no leap year, 2000 was', () => {
  expect(check('SV', 'NIT', '0614-290200-101-0')).not.toMatchObject({ code: 'date' })
})

it('gives a tax number of a foreigner no place', () => {
  expect(check('SV', 'NIT', '9483-110383-101-3')).toEqual({
    valid: true,
    country: 'SV',
    type: 'NIT',
    canonical: '94831103831013',
    formatted: '9483-110383-101-3',
  })
})

it('tells place and birth year', () => {
  expect(check('HN', 'DNI', '1628-1972-32364')).toMatchObject({
    place: { department: { code: '16', name: 'Santa Bárbara' }, municipality: { code: '1628' } },
    birthYear: 1972,
  })
  expect(check('HN', 'RTN', '05019003288427')).toMatchObject({ holder: 'legal' })
  expect(check('HN', 'RTN', '05011985180224')).toMatchObject({ holder: 'natural', birthYear: 1985 })
})

it.each([
  // type, value, birthDate, today, code, why
  ['DNI', '0801-1990-12345', '1990-05-01', undefined, undefined, 'the years agree'],
  ['DNI', '0801-1990-12345', '1991-05-01', undefined, 'year', 'the years differ'],
  ['DNI', '0801-2030-12345', undefined, '2026-11-24', 'year', 'the year has not come'],
  ['DNI', '0801-2026-12345', undefined, '2026-11-24', undefined, 'born this year'],
  ['RTN', '0801-1990-123456', '1991-05-01', undefined, 'year', 'the DNI inside a natural RTN'],
  ['RTN', '0801-9003-123456', '1991-05-01', '2026-11-24', undefined, 'an organisation has no birth date'],
] as const)('HN %s %s, born %s, on %s: %s, for %s', (type, value, birthDate, today, code, _why) => {
  const known = { ...(birthDate && { birthDate }), ...(today && { today }) }

  const found = check('HN', type, value, known)

  expect(found.valid ? undefined : found.code).toBe(code)
})

it('whatever is written, the answer is an id or a finding with two texts', () => {
  const anyDocument = fc.constantFrom(...documents())

  fc.assert(
    fc.property(anyDocument, fc.string({ unit: 'binary' }), ([country, type], value) => {
      const found = check(country, type, value)
      if (found.valid) return
      expect([found.message, found.messageEs]).not.toContain('')
      expect(found.message).not.toBe(found.messageEs)
    }),
  )
})

it('canonical and formatted read back to themselves', () => {
  const body = fc.stringMatching(/^0[1-9]0[1-9]\d{10}$/) // looks like a place in front; at the end for a DPI
  const candidate = fc.tuple(fc.constantFrom(...documents()), body).map(([document, digits]) => ({ document, digits }))
  let seen = 0

  fc.assert(
    fc.property(candidate, ({ document: [country, type], digits }) => {
      for (const id of everyCheckDigit(country, type, digits)) {
        seen++
        for (const spelling of [id.canonical, id.formatted, id.formatted.toLowerCase()]) {
          expect(check(country, type, spelling)).toEqual(id)
        }
      }
    }),
  )

  expect(seen).toBeGreaterThan(50)
})

it('equal documents have equal keys, others not', () => {
  const key = (type: DocumentType, value: string) => {
    const id = check('SV', type, value)
    return id.valid ? documentKey(id) : undefined
  }

  expect(key('DUI', '66178577-4')).toBe('SV:DUI:661785774')
  expect(key('DUI', '661785774')).toBe(key('DUI', '66178577-4'))
  expect(key('NIT', '06141103830018')).not.toBe(key('DUI', '661785774'))
})

it('knows which documents a country has', () => {
  expect(isDocumentType('HN', 'RTN')).toBe(true)
  expect(isDocumentType('HN', 'DPI')).toBe(false)
})

function documents(): readonly (readonly [Country, DocumentType])[] {
  return COUNTRIES.flatMap((country) => DOCUMENT_TYPES[country].map((type) => [country, type] as const))
}

/** The valid ids among a number and its variants of check digit. */
function everyCheckDigit(country: Country, type: DocumentType, digits: string): readonly NationalId[] {
  const variants = [...'0123456789K'].map((check) => {
    if (type === 'DPI') return `${digits.slice(4, 12)}${check}${digits.slice(0, 4)}`
    if (type === 'DUI') return digits.slice(0, 8) + check
    if (country === 'GT') return digits.slice(1, 10) + check
    if (country === 'SV') return `${digits.slice(0, 4)}1103${digits.slice(4, 9)}${check}`
    return `${digits.slice(0, 4)}19${digits.slice(4, type === 'DNI' ? 10 : 11)}${check}`
  })
  return variants.map((value) => checkNationalId(country, type, value)).filter((found) => found.valid)
}
