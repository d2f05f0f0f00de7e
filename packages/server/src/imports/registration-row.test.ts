import { expect, it } from 'vitest'
import { IMPORT_KINDS } from './kinds.ts'
import { formFrom } from './registration-row.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const ROW = {
  externalId: '',
  country: 'GT',
  tradeName: 'Tienda',
  givenNames: 'Rosa',
  familyNames: 'Umaña',
  dateOfBirth: '1990-02-28',
  documentType: 'DPI',
  documentNumber: '1',
  phone: '1',
  categoryCode: '5411',
  locale: 'es',
  consent: 'yes',
}

const form = (cells: object, kind = IMPORT_KINDS.merchants) => formFrom({ cells }, kind, { country: 'GT' }, NOW)

it.each(['yes', 'YES', ' Sí ', 'si', 'x', '1', 'true', 'si\u0301'])('"%s" is consent', (consent) => {
  expect(form({ ...ROW, consent }).consent).toEqual({
    version: 'attested',
    acceptedAt: NOW,
    channel: 'import',
  })
})

it.each(['', ' ', 'no', '0', 'false', 'yes?'])('"%s" is no consent', (consent) => {
  expect(form({ ...ROW, consent }).consent).toBe('consent_missing')
})

it.each([
  [{ country: ' gt ' }, { country: 'GT' }, 'capitals and spaces around a code do not matter'],
  [{ documentType: 'dpi' }, { documentType: 'DPI' }, 'nor in the type of document'],
  [{ locale: '' }, { locale: 'es' }, 'Spanish, where nothing is said'],
  [{ locale: 'EN' }, { locale: 'en' }, 'English'],
  [{ externalId: '' }, { externalId: null }, 'an empty cell is no id'],
  [{ country: '' }, { country: '' }, 'an empty cell is no country'],
  [{ country: undefined }, { country: 'GT' }, 'without a column, the tenant’s'],
  [{ documentType: undefined }, { documentType: 'DPI' }, 'without a column, the country’s'],
])('%j → %j: %s', (change, expected, _why) => {
  expect(form({ ...ROW, ...change })).toMatchObject(expected)
})

it('a consumer has no business', () => {
  expect(form(ROW, IMPORT_KINDS.consumers).business).toBeNull()
})
