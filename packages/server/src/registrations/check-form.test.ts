import { expect, it } from 'vitest'
import { checkForm, type FormRules, type RegistrationForm } from './check-form.ts'
import { EMPTY_DOSSIER } from './dossier.ts'

const RULES: FormRules = { country: 'GT', today: '2026-11-24', minimumAgeYears: 18, policyVersion: 'gt-2026-11-28' }
const CONSENT = { version: '2026-11', acceptedAt: new Date('2026-11-24T12:00:00Z'), channel: 'api' } as const
const GOOD: RegistrationForm = {
  country: 'GT',
  externalId: 'R-1',
  business: { tradeName: '  Tortillería   Ñandú ', categoryCode: '5462' },
  givenNames: 'Rosa',
  familyNames: 'Umaña Pérez',
  dateOfBirth: '1969-07-05',
  documentType: 'DPI',
  documentNumber: '7630 12173 1328',
  phone: '5480-0752',
  locale: 'es',
  consent: CONSENT,
}

it('gives every field in canonical form', () => {
  expect(checkForm(GOOD, RULES)).toEqual({
    valid: true,
    form: {
      country: 'GT',
      externalId: 'R-1',
      business: { tradeName: 'Tortillería Ñandú', categoryCode: '5462', municipality: null },
      person: {
        givenNames: 'Rosa',
        familyNames: 'Umaña Pérez',
        dateOfBirth: '1969-07-05',
        document: { type: 'DPI', number: '7630121731328' },
      },
      phone: '+50254800752',
      locale: 'es',
      consent: CONSENT,
      dossier: EMPTY_DOSSIER,
    },
  })
})

it.each([
  // change                                                code                   pointer
  [{ country: 'HN' }, 'country_unsupported', '/country'],
  [{ country: 'XX' }, 'country_unsupported', '/country'],
  [{ externalId: 'a\u0000' }, 'external_id_invalid', '/externalId'],
  [{ business: { tradeName: ' ', categoryCode: '5462' } }, 'name_empty', '/tradeName'],
  [{ givenNames: '\u202e' }, 'name_invalid', '/person/givenNames'],
  [{ familyNames: '' }, 'name_empty', '/person/familyNames'],
  [{ dateOfBirth: '1987-02-30' }, 'birth_date_invalid', '/person/dateOfBirth'],
  [{ dateOfBirth: '2027-01-01' }, 'birth_date_invalid', '/person/dateOfBirth'],
  [{ dateOfBirth: '2008-11-25' }, 'underage', '/person/dateOfBirth'],
  [{ documentNumber: '123' }, 'document_check', '/person/document/number'],
  [{ documentNumber: '3437639230615' }, 'document_place', '/person/document/number'],
  [{ documentType: 'NIT' }, 'document_check', '/person/document/type'],
  [{ phone: '2217 2486' }, 'phone_fixed', '/phone'],
  [{ phone: '758421' }, 'phone_short', '/phone'],
  [{ phone: 'x' }, 'phone_invalid', '/phone'],
  [{ business: { tradeName: 'X', categoryCode: '54A1' } }, 'mcc_invalid', '/categoryCode'],
  [
    { business: { tradeName: 'X', categoryCode: '5462', municipality: '0118' } },
    'place_unknown',
    '/place/municipality',
  ],
  [{ business: { tradeName: 'X', categoryCode: '5462', municipality: '101' } }, 'place_unknown', '/place/municipality'],
  [{ locale: 'quc' }, 'locale_unsupported', '/locale'],
  [{ consent: 'consent_missing' }, 'consent_missing', '/consent'],
] as const)('%j: %s at %s', (change, code, pointer) => {
  const checked = checkForm({ ...GOOD, ...change }, RULES)

  expect(checked.valid ? [] : checked.errors[0]).toMatchObject({
    code,
    pointer,
    message: expect.stringMatching(/\w/),
    messageEs: expect.stringMatching(/\w/),
  })
})

it('is of age on the birthday', () => {
  expect(checkForm({ ...GOOD, dateOfBirth: '2008-11-24' }, RULES).valid).toBe(true)
})

it('finds all mistakes at once, in the order of the file', () => {
  const bad = {
    ...GOOD,
    business: { tradeName: '', categoryCode: 'x' },
    dateOfBirth: 'x',
    documentNumber: '1',
    phone: '1',
    consent: 'consent_missing',
  } as const
  const checked = checkForm(bad, RULES)

  expect(checked.valid ? [] : checked.errors.map(({ code }) => code)).toEqual([
    'name_empty',
    'birth_date_invalid',
    'document_check',
    'phone_short',
    'mcc_invalid',
    'consent_missing',
  ])
})

it('an unknown country is told once, not for the document too', () => {
  const checked = checkForm({ ...GOOD, country: 'XX' }, RULES)

  expect(checked.valid ? [] : checked.errors.filter(({ pointer }) => pointer === '/country')).toHaveLength(1)
})

it('a consumer has no business to check', () => {
  expect(checkForm({ ...GOOD, business: null }, RULES)).toMatchObject({ valid: true, form: { business: null } })
})

it('a minor is told why and from when, in general, and may register on the birthday with nothing changed', () => {
  const minor = { ...GOOD, dateOfBirth: '2008-11-25' }
  const before = checkForm(minor, RULES)
  expect(before).toMatchObject({
    valid: false,
    errors: [{ code: 'underage', messageEs: expect.stringContaining('desde el día en que cumpla 18') }],
  })
  expect(JSON.stringify(before)).not.toContain('11-25')
  expect(checkForm(minor, { ...RULES, today: '2026-11-25' }).valid).toBe(true)
})
