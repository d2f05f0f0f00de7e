import { readFileSync } from 'node:fs'
import type { ImportField } from '@pisto/contract'

const SAMPLE = new URL('../../../../test/data/merchants.csv', import.meta.url)

/** A row of the sample file with the outcome that its import must have. */
export interface SampleRow {
  /** In the file, from 1. */
  readonly number: number
  readonly row: Readonly<Record<Exclude<ImportField, 'municipality'>, string>>
  readonly expected: string
}

/** The 400 registrations of `test/data/merchants.csv`, in order. */
export function readSample(): SampleRow[] {
  const [header = [], ...lines] = readFileSync(SAMPLE, 'utf8').trim().split(/\r?\n/).map(cells)
  return lines.map((line, index) => {
    const cell = (name: string): string => line[header.indexOf(name)] ?? ''
    return {
      number: index + 1,
      row: {
        externalId: cell('externalId'),
        country: cell('country'),
        tradeName: cell('tradeName'),
        givenNames: cell('givenNames'),
        familyNames: cell('familyNames'),
        dateOfBirth: cell('dateOfBirth'),
        documentType: cell('documentType'),
        documentNumber: cell('documentNumber'),
        phone: cell('phone'),
        categoryCode: cell('categoryCode'),
        locale: cell('locale'),
        consent: cell('consent'),
      },
      expected: cell('expected'),
    }
  })
}

/** RFC 4180 without line breaks inside fields, which the sample does not have. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
