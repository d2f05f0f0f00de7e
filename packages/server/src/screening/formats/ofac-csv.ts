import { csvRecords } from './csv-records.ts'
import { aliasesOf, given, listed, oneCountry, oneDate, remarksOf } from './entry-fields.ts'
import { broken, type Chunks, entryItem, type ListEntry, type ListItem } from './list-item.ts'
import { ListRefused } from './list-refused.ts'
import { readOfacRemarks } from './ofac-remarks.ts'

/** ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks. */
const SDN_COLUMNS = 12
/** ent_num, alt_num, alt_type, alt_name, alt_remarks. */
const ALT_COLUMNS = 5
/** The files end with it, as those of DOS did. */
const END_OF_FILE = '\u001a'
/** Other names that are kept while the main file is read. */
const ALIASES_MAX = 1_000_000

/**
 * OFAC's `sdn.csv` and `cons_prim.csv`, without header, with the names of `alt.csv` or `cons_alt.csv`.
 *
 * @param alternates `alt.csv`; it is read first and kept.
 * @see https://ofac.treasury.gov/sdn-list/data-specification (dat_spec.txt)
 */
export async function* readOfacCsv(source: Chunks, alternates: Chunks = []): AsyncGenerator<ListItem> {
  const { names, items } = await readAlternates(alternates)
  yield* items
  const unused = new Set(names.keys())
  for await (const { line, cells } of csvRecords(source, ',')) {
    if (isEnd(cells)) continue
    const [id = '', name = '', type = '', program = '', title = '', ...rest] = cells.map(given)
    if (cells.length !== SDN_COLUMNS || !/^\d+$/.test(id)) {
      yield broken(line, 'columns_wrong')
      continue
    }
    unused.delete(id)
    if (type === 'vessel' || type === 'aircraft') yield { kind: 'passedOver', line, what: type }
    else {
      const remarks = [title, rest[6] ?? ''].filter((text) => text !== '').join('; ')
      yield entryItem(line, entryOf({ id, name, type, program, remarks }, names.get(id) ?? []))
    }
  }
  for (const id of unused) yield broken(names.get(id)?.[0]?.line ?? 0, 'unknown_entry')
}

interface Alternate {
  readonly line: number
  readonly name: string
}

async function readAlternates(
  source: Chunks,
): Promise<{ readonly names: ReadonlyMap<string, readonly Alternate[]>; readonly items: readonly ListItem[] }> {
  const names = new Map<string, Alternate[]>()
  const items: ListItem[] = []
  let count = 0
  for await (const { line, cells } of csvRecords(source, ',')) {
    if (isEnd(cells)) continue
    const [id = '', , , name = ''] = cells.map(given)
    if (cells.length !== ALT_COLUMNS || !/^\d+$/.test(id) || name === '') items.push(broken(line, 'columns_wrong'))
    else names.set(id, [...(names.get(id) ?? []), { line, name }])
    if (++count > ALIASES_MAX) throw new ListRefused('file_too_large', `more than ${ALIASES_MAX} other names`)
  }
  return { names, items }
}

const isEnd = (cells: readonly string[]): boolean => cells.length === 1 && cells[0]?.trim() === END_OF_FILE

interface Row {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly program: string
  readonly remarks: string
}

function entryOf({ id, name, type, program, remarks }: Row, alternates: readonly Alternate[]): ListEntry {
  const said = readOfacRemarks(remarks)
  return {
    id,
    name,
    kind: type === 'individual' ? 'person' : 'organisation',
    ...aliasesOf(name, [...alternates.map((alternate) => alternate.name), ...said.aliases]),
    ...oneDate(said.dates),
    ...oneCountry(said.countries),
    ...listed('ids', said.ids),
    ...listed('programs', programsOf(program)),
    ...remarksOf(remarks),
  }
}

/** Several are glued together: `SDNTK] [ILLICIT-DRUGS-EO14059`. */
const programsOf = (text: string): readonly string[] =>
  text
    .split(/\]\s*\[|;/)
    .map((program) => program.replaceAll(/[[\]]/g, '').trim())
    .filter((program) => program !== '')
