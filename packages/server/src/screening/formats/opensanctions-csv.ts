import { namedRecords } from './csv-records.ts'
import { aliasesOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { broken, type Chunks, entryItem, type ListItem } from './list-item.ts'
import { kindOfSchema } from './opensanctions-schemas.ts'

const REQUIRED = ['id', 'schema', 'name', 'aliases', 'birth_date', 'countries'] as const
const OPTIONAL = ['identifiers', 'sanctions', 'program_ids', 'dataset'] as const

/**
 * `targets.simple.csv` of OpenSanctions: several values in a cell have semicolons between. Its identifiers have no type,
 * so they are kept without one and meet only numbers without a type.
 *
 * @see https://www.opensanctions.org/docs/bulk/csv/
 */
export async function* readOpenSanctionsCsv(source: Chunks): AsyncGenerator<ListItem> {
  for await (const { line, cells } of namedRecords(source, ',', REQUIRED, OPTIONAL)) {
    if (cells === undefined) {
      yield broken(line, 'columns_wrong')
      continue
    }
    const kind = kindOfSchema(cells.schema)
    if (kind === undefined) yield { kind: 'passedOver', line, what: cells.schema.toLowerCase() }
    else {
      const { id, name } = cells
      yield entryItem(line, {
        id,
        name,
        kind,
        ...aliasesOf(name, several(cells.aliases)),
        ...oneDate(several(cells.birth_date).map(readListDate)),
        ...oneCountry(several(cells.countries)),
        ...listed(
          'ids',
          several(cells.identifiers).map((number) => `:${number}`),
        ),
        ...listed('programs', [...several(cells.program_ids), ...several(cells.dataset)]),
        ...remarksOf(cells.sanctions),
      })
    }
  }
}

const several = (cell: string): readonly string[] =>
  cell
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '')
