import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  ageOn,
  type Country,
  checkBirthDate,
  checkCategoryCode,
  checkName,
  checkNationalId,
  checkPhone,
  type DocumentType,
  documentReason,
  isCountry,
  phoneReason,
} from './index.ts'

const TODAY = '2026-11-24'
const OF_AGE = 18
/** Reasons that need other rows, the form or the tenant: the server's. */
const NOT_OURS = ['consent_missing', 'document_duplicate', 'phone_duplicate', 'country_unsupported']

type Row = Readonly<Record<string, string>>

const rows = readRows(readFileSync(new URL('../../../test/data/merchants.csv', import.meta.url), 'utf8'))
const of = (expected: string): readonly Row[] => rows.filter((row) => row['expected'] === expected)

it('has the whole sample', () => {
  expect(rows.length).toBe(400)
})

it('every active row passes every check', () => {
  expect(of('active').length).toBeGreaterThan(300)
  for (const row of of('active')) expect(reasons(row), row['externalId']).toEqual([])
})

it.each(NOT_OURS.filter((reason) => reason !== 'country_unsupported'))(
  '%s: nothing is wrong with the row itself',
  (reason) => {
    expect(of(reason).length).toBeGreaterThan(0)
    for (const row of of(reason)) expect(reasons(row), row['externalId']).toEqual([])
  },
)

it('country_unsupported: told by isCountry', () => {
  for (const row of rows) expect(isCountry(field(row, 'country'))).toBe(row['expected'] !== 'country_unsupported')
})

it.each([
  'document_check',
  'document_place',
  'phone_fixed',
  'phone_short',
  'underage',
  'birth_date_invalid',
  'name_empty',
  'mcc_invalid',
] as const)('%s: exactly this is found', (reason) => {
  expect(of(reason).length).toBeGreaterThan(0)
  for (const row of of(reason)) expect(reasons(row), row['externalId']).toEqual([reason])
})

/** Every reason this package finds in a row. */
function reasons(row: Row): readonly string[] {
  const country = field(row, 'country') as Country
  const born = checkBirthDate(field(row, 'dateOfBirth'), TODAY)
  const known = { today: TODAY, ...(born.valid && { birthDate: born.canonical }) }
  const document = checkNationalId(
    country,
    field(row, 'documentType') as DocumentType,
    field(row, 'documentNumber'),
    known,
  )
  const names = ['tradeName', 'givenNames', 'familyNames'].map((name) => checkName(field(row, name)))

  return [
    names.some((name) => !name.valid) && 'name_empty',
    !born.valid && 'birth_date_invalid',
    born.valid && ageOn(born.canonical, TODAY) < OF_AGE && 'underage',
    !document.valid && documentReason(document.code),
    phoneReason(checkPhone(country, field(row, 'phone'))),
    !checkCategoryCode(field(row, 'categoryCode')).valid && 'mcc_invalid',
  ].filter((reason) => typeof reason === 'string')
}

function field(row: Row, name: string): string {
  const value = row[name]
  if (value === undefined) throw new Error(`no column ${name}`)
  return value
}

/** RFC 4180 without line breaks inside fields, which the sample does not have. */
function readRows(csv: string): readonly Row[] {
  const [header = [], ...lines] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
        ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    )
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ''])))
}
