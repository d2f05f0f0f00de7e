import { aliasesOf, given, idOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { type Chunks, entryItem, type ListEntry, type ListItem } from './list-item.ts'
import { type XmlElement, xmlRecords } from './xml-records.ts'

const RECORDS: ReadonlySet<string> = new Set(['INDIVIDUAL', 'ENTITY'])
const NAMES = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'] as const

/**
 * The consolidated list of the United Nations Security Council.
 *
 * @see https://scsanctions.un.org/resources/xml/en/consolidated.xml
 */
export async function* readUnXml(source: Chunks): AsyncGenerator<ListItem> {
  for await (const { line, element } of xmlRecords(source, 'CONSOLIDATED_LIST', RECORDS)) {
    yield entryItem(line, entryOf(element))
  }
}

function entryOf(entry: XmlElement): ListEntry {
  const kind = entry.name === 'INDIVIDUAL' ? 'person' : 'organisation'
  const name = NAMES.map((part) => given(entry.text(part)))
    .filter((part) => part !== '')
    .join(' ')
  return {
    id: entry.text('REFERENCE_NUMBER') || entry.text('DATAID'),
    name,
    kind,
    ...aliasesOf(
      name,
      entry.texts(`${entry.name}_ALIAS`, 'ALIAS_NAME').flatMap((alias) => alias.split(';')),
    ),
    ...oneDate(entry.all('INDIVIDUAL_DATE_OF_BIRTH').map(dateOf)),
    ...oneCountry(entry.texts('NATIONALITY', 'VALUE')),
    ...listed('ids', entry.all('INDIVIDUAL_DOCUMENT').map(documentOf)),
    ...listed('programs', [entry.text('UN_LIST_TYPE')]),
    ...remarksOf(entry.text('COMMENTS1')),
  }
}

/** `BETWEEN` and `APPROXIMATELY` are guesses. */
function dateOf(date: XmlElement): string | undefined {
  const type = date.text('TYPE_OF_DATE').toUpperCase()
  if (type !== 'EXACT' && type !== '') return undefined
  return readListDate(date.text('DATE') || date.text('YEAR'))
}

const documentOf = (document: XmlElement): string | undefined =>
  idOf(
    document.text('TYPE_OF_DOCUMENT'),
    given(document.text('NUMBER')),
    document.text('COUNTRY_OF_ISSUE') || document.text('ISSUING_COUNTRY'),
  )
