import { namedRecords } from './csv-records.ts'
import { aliasesOf, countryCode, idOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { broken, type Chunks, entryItem, type ListItem } from './list-item.ts'

const REQUIRED = ['id', 'name'] as const
const OPTIONAL = [
  'aliases',
  'birthDate',
  'country',
  'kind',
  'documentType',
  'documentNumber',
  'programs',
  'remarks',
] as const

/**
 * A list that somebody keeps by hand: a national list, or politically exposed persons. Commas between cells, `|` between
 * several names, documents or programmes in one.
 */
export async function* readPlainCsv(source: Chunks): AsyncGenerator<ListItem> {
  for await (const { line, cells } of namedRecords(source, ',', REQUIRED, OPTIONAL)) {
    if (cells === undefined) {
      yield broken(line, 'columns_wrong')
      continue
    }
    const { id, name, kind, country, documentType } = cells
    if (!['', 'person', 'organisation'].includes(kind)) {
      yield broken(line, 'kind_unknown')
      continue
    }
    yield entryItem(line, {
      id,
      name,
      ...((kind === 'person' || kind === 'organisation') && { kind }),
      ...aliasesOf(name, several(cells.aliases)),
      ...oneDate(several(cells.birthDate).map(readListDate)),
      ...(countryCode(country) !== undefined && oneCountry([country])),
      ...listed(
        'ids',
        several(cells.documentNumber).map((number) => idOf(documentType, number, country)),
      ),
      ...listed('programs', several(cells.programs)),
      ...remarksOf(cells.remarks),
    })
  }
}

const several = (cell: string): readonly string[] =>
  cell
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '')
