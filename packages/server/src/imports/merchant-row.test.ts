import { expect, it } from 'vitest'
import { formFrom } from './merchant-row.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const ROW = {
  row: 1,
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

it.each(['yes', 'YES', ' Sí ', 'si', 'x', '1', 'true', 'si\u0301'])('"%s" is consent', (consent) => {
  expect(formFrom({ ...ROW, consent }, NOW).consent).toEqual({
    version: 'attested',
    acceptedAt: NOW,
    channel: 'import',
  })
})

it.each(['', ' ', 'no', '0', 'false', 'yes?'])('"%s" is no consent', (consent) => {
  expect(formFrom({ ...ROW, consent }, NOW).consent).toBe('consent_missing')
})

it.each([
  [{ country: ' gt ' }, { country: 'GT' }, 'capitals and spaces around a code do not matter'],
  [{ documentType: 'dpi' }, { documentType: 'DPI' }, 'nor in the type of document'],
  [{ locale: '' }, { locale: 'es' }, 'Spanish, where nothing is said'],
  [{ locale: 'EN' }, { locale: 'en' }, 'English'],
  [{ externalId: '' }, { externalId: null }, 'an empty cell is no id'],
])('%j → %j: %s', (change, expected, _why) => {
  expect(formFrom({ ...ROW, ...change }, NOW)).toMatchObject(expected)
})
