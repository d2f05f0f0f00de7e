import { readEuCsv } from './eu-csv.ts'
import type { BrokenReason, Chunks, ListEntry, ListItem } from './list-item.ts'
import { ListRefused } from './list-refused.ts'
import { readOfacCsv } from './ofac-csv.ts'
import { readOfacXml } from './ofac-xml.ts'
import { readOpenSanctionsCsv } from './opensanctions-csv.ts'
import { readOpenSanctionsJsonl } from './opensanctions-jsonl.ts'
import { readPlainCsv } from './plain-csv.ts'
import { readUnXml } from './un-xml.ts'

export type { BrokenReason, Chunks, ListEntry, ListItem } from './list-item.ts'
export { type ListRefusal, ListRefused } from './list-refused.ts'

const FORMATS = {
  'ofac-xml': readOfacXml,
  'ofac-csv': readOfacCsv,
  'un-xml': readUnXml,
  'eu-csv': readEuCsv,
  'opensanctions-csv': readOpenSanctionsCsv,
  'opensanctions-jsonl': readOpenSanctionsJsonl,
  csv: readPlainCsv,
} as const satisfies Record<string, (source: Chunks, alternates?: Chunks) => AsyncGenerator<ListItem>>

export type ListFormat = keyof typeof FORMATS
export const LIST_FORMATS = Object.keys(FORMATS) as readonly ListFormat[]

export interface ReadListOptions {
  readonly format: ListFormat
  /** The second file of `ofac-csv`: `alt.csv`. */
  readonly alternates?: Chunks
  /** Default 0.01: more broken rows than this share, and the file is refused at its end. */
  readonly maxBrokenShare?: number
  readonly onBroken?: (row: { readonly line: number; readonly reason: BrokenReason }) => void
}

/** What became of the rows of a file. */
export interface ListCounts {
  readonly entries: number
  readonly broken: number
  /** Ships, aircraft, relations: by what they are. */
  readonly passedOver: Readonly<Record<string, number>>
}

/** Even of a short list one row may be broken. */
const BROKEN_ALWAYS = 1

/**
 * Reads a list, one entry at a time, in bounded memory. Broken rows are told and passed over, until there are too many.
 *
 * @returns The counts, when all entries were given.
 * @throws {ListRefused} the file as a whole is not taken; what was given before must be thrown away
 */
export async function* readList(
  source: Chunks,
  { format, alternates, maxBrokenShare = 0.01, onBroken = () => undefined }: ReadListOptions,
): AsyncGenerator<ListEntry, ListCounts> {
  const passedOver: Record<string, number> = {}
  let [entries, broken] = [0, 0]
  const read: (source: Chunks, alternates?: Chunks) => AsyncGenerator<ListItem> = FORMATS[format]
  for await (const item of read(source, alternates)) {
    if (item.kind === 'entry') {
      entries++
      yield item.entry
    } else if (item.kind === 'broken') {
      broken++
      onBroken(item)
    } else passedOver[item.what] = (passedOver[item.what] ?? 0) + 1
  }
  const all = entries + broken
  if (broken > Math.max(BROKEN_ALWAYS, all * maxBrokenShare))
    throw new ListRefused('too_many_broken', `${broken} of ${all} rows are broken, more than ${maxBrokenShare * 100} %`)
  if (entries === 0) throw new ListRefused('empty', 'no entry was found: is it the right format?')
  return { entries, broken, passedOver }
}
