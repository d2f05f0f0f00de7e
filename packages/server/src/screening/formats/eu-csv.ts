import { namedRecords } from './csv-records.ts'
import { aliasesOf, given, idOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { broken, type Chunks, entryItem, type ListEntry, type ListItem } from './list-item.ts'

const REQUIRED = ['Entity_LogicalId', 'NameAlias_WholeName'] as const
const OPTIONAL = [
  'Entity_SubjectType',
  'Entity_SubjectType_ClassificationCode',
  'Entity_Regulation_Programme',
  'Entity_Remark',
  'NameAlias_FirstName',
  'NameAlias_MiddleName',
  'NameAlias_LastName',
  'BirthDate_BirthDate',
  'BirthDate_Circa',
  'Identification_Number',
  'Identification_TypeDescription',
  'Identification_CountryIso2Code',
  'Citizenship_CountryIso2Code',
] as const
type Cells = Readonly<Record<(typeof REQUIRED | typeof OPTIONAL)[number], string>>

/**
 * The EU's consolidated list of financial sanctions, CSV 1.1: semicolons, a byte order mark, and a row for each name, birth
 * date, document or citizenship of an entity, one after another.
 *
 * @see https://webgate.ec.europa.eu/fsd/fsf/public/files/csvFullSanctionsList_1_1/content
 */
export async function* readEuCsv(source: Chunks): AsyncGenerator<ListItem> {
  let open: { readonly line: number; readonly rows: Cells[] } | undefined
  for await (const { line, cells } of namedRecords(source, ';', REQUIRED, OPTIONAL)) {
    if (cells === undefined || cells.Entity_LogicalId === '') {
      yield broken(line, cells === undefined ? 'columns_wrong' : 'id_missing')
      continue
    }
    if (open?.rows[0]?.Entity_LogicalId === cells.Entity_LogicalId) {
      if (open.rows.length < ROWS_MAX) open.rows.push(cells)
      continue
    }
    if (open !== undefined) yield entryItem(open.line, entryOf(open.rows))
    open = { line, rows: [cells] }
  }
  if (open !== undefined) yield entryItem(open.line, entryOf(open.rows))
}

/** Of one entity; the longest has some hundreds. */
const ROWS_MAX = 10_000

function entryOf(rows: readonly Cells[]): ListEntry {
  const names = rows.map(nameOf).filter((name) => name !== '')
  const [name = ''] = names
  const [first] = rows
  const type = first?.Entity_SubjectType_ClassificationCode || first?.Entity_SubjectType || ''
  const dates = rows.filter((row) => row.BirthDate_BirthDate !== '').map(dateOf)
  const countries = rows.map((row) => row.Citizenship_CountryIso2Code).filter((code) => /^[A-Z]{2}$/i.test(code))
  return {
    id: first?.Entity_LogicalId ?? '',
    name,
    kind: /^p/i.test(type) ? 'person' : 'organisation',
    ...aliasesOf(name, names.slice(1)),
    ...oneDate(dates),
    ...oneCountry(countries),
    ...listed('ids', rows.map(documentOf)),
    ...listed(
      'programs',
      rows.map((row) => row.Entity_Regulation_Programme),
    ),
    ...remarksOf(first?.Entity_Remark ?? ''),
  }
}

function nameOf(row: Cells): string {
  const whole = given(row.NameAlias_WholeName)
  if (whole !== '') return whole
  const parts = [row.NameAlias_FirstName, row.NameAlias_MiddleName, row.NameAlias_LastName]
  return parts.filter((part) => part !== '').join(' ')
}

const dateOf = (row: Cells): string | undefined =>
  row.BirthDate_Circa === 'true' ? undefined : readListDate(row.BirthDate_BirthDate)

const documentOf = (row: Cells): string | undefined =>
  idOf(row.Identification_TypeDescription, row.Identification_Number, row.Identification_CountryIso2Code)
