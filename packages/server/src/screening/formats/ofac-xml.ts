import { aliasesOf, given, idOf, listed, oneCountry, oneDate, readListDate, remarksOf } from './entry-fields.ts'
import { type Chunks, entryItem, type ListEntry, type ListItem } from './list-item.ts'
import { type XmlElement, xmlRecords } from './xml-records.ts'

const RECORDS: ReadonlySet<string> = new Set(['sdnEntry'])

/**
 * OFAC's classic `sdn.xml` and `consolidated.xml` (root `sdnList`). The advanced form (root `Sanctions`) has the same
 * people and is refused as another format.
 *
 * @see https://ofac.treasury.gov/sanctions-list-service
 */
export async function* readOfacXml(source: Chunks): AsyncGenerator<ListItem> {
  for await (const { line, element } of xmlRecords(source, 'sdnList', RECORDS)) {
    const type = element.text('sdnType')
    if (type === 'Vessel' || type === 'Aircraft') yield { kind: 'passedOver', line, what: type.toLowerCase() }
    else yield entryItem(line, entryOf(element, type === 'Individual' ? 'person' : 'organisation'))
  }
}

function entryOf(entry: XmlElement, kind: 'person' | 'organisation'): ListEntry {
  const name = nameOf(entry)
  const nationalities = [...entry.texts('nationalityList', 'nationality', 'country')]
  const citizenships = [...entry.texts('citizenshipList', 'citizenship', 'country')]
  const dates = entry.texts('dateOfBirthList', 'dateOfBirthItem', 'dateOfBirth')
  return {
    id: entry.text('uid'),
    name,
    kind,
    ...aliasesOf(name, entry.all('akaList', 'aka').map(nameOf)),
    ...oneDate(dates.map(readListDate)),
    ...oneCountry([...nationalities, ...citizenships]),
    ...listed(
      'ids',
      entry.all('idList', 'id').map((id) => idOf(id.text('idType'), id.text('idNumber'), id.text('idCountry'))),
    ),
    ...listed('programs', entry.texts('programList', 'program')),
    ...remarksOf([entry.text('title'), entry.text('remarks')].filter((text) => text !== '').join('; ')),
  }
}

/** Surnames first, with a comma, as in OFAC's other files; organisations have a last name only. */
function nameOf(element: XmlElement): string {
  const [first, last] = [given(element.text('firstName')), given(element.text('lastName'))]
  return first === '' ? last : `${last}, ${first}`
}
