import { CsvError, type Options, parse } from 'csv-parse'
import { decodeText } from './decode-text.ts'
import type { Chunks } from './list-item.ts'
import { ListRefused } from './list-refused.ts'

export interface CsvRecord {
  /** Where the record ends. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Characters of one record. */
const RECORD_MAX = 1_000_000

/**
 * The records of a CSV file, one at a time, whatever their length: whether it is right is told by whoever knows the columns.
 *
 * @throws {ListRefused} `csv_invalid`, `line_too_long`, and what `decodeText` throws
 */
export async function* csvRecords(source: Chunks, delimiter: string): AsyncGenerator<CsvRecord> {
  const options: Options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_MAX,
    info: true,
  }
  const parser = parse(options)
  const feeding = feed(source, parser)
  feeding.catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: info.lines, cells: record }
  } catch (error) {
    throw refusalOf(error)
  }
}

async function feed(source: Chunks, parser: ReturnType<typeof parse>): Promise<void> {
  parser.on('error', () => undefined) // told to whoever reads the records
  for await (const text of decodeText(source)) {
    if (parser.destroyed) return
    if (!parser.write(text)) await drained(parser)
  }
  parser.end()
}

const drained = (parser: ReturnType<typeof parse>): Promise<void> =>
  new Promise((resolve) => {
    parser.once('drain', resolve)
    parser.once('close', resolve)
  })

function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const line = typeof error['lines'] === 'number' ? error['lines'] : undefined
  const isLong = error.code === 'CSV_MAX_RECORD_SIZE'
  const message = isLong ? `more than ${RECORD_MAX} characters in one record: a quote was not closed` : error.message
  return new ListRefused(isLong ? 'line_too_long' : 'csv_invalid', message, line, { cause: error })
}

/** Cells by the column's name. */
type NamedCells<Column extends string> = Readonly<Record<Column, string>>

export interface NamedRecord<Column extends string> {
  readonly line: number
  /** Undefined: the record has another number of cells than the header. */
  readonly cells: NamedCells<Column> | undefined
}

/**
 * Records by the names of a header. Columns that are asked for and optional are empty where the file has none.
 *
 * @throws {ListRefused} `columns_missing`, `empty`, and what `csvRecords` throws
 */
export async function* namedRecords<Required extends string, Optional extends string>(
  source: Chunks,
  delimiter: string,
  required: readonly Required[],
  optional: readonly Optional[],
): AsyncGenerator<NamedRecord<Required | Optional>> {
  let header: readonly string[] | undefined
  for await (const { line, cells } of csvRecords(source, delimiter)) {
    if (header === undefined) {
      header = cells.map((name) => name.trim())
      const missing = required.filter((name) => !header?.includes(name))
      if (missing.length > 0)
        throw new ListRefused('columns_missing', `the header has no column ${missing.join(', ')}`, line)
      continue
    }
    if (cells.length !== header.length) yield { line, cells: undefined }
    else {
      const named = Object.fromEntries(
        [...required, ...optional].map((name) => [name, cells[header?.indexOf(name) ?? -1]?.trim() ?? '']),
      )
      yield { line, cells: named as NamedCells<Required | Optional> }
    }
  }
  if (header === undefined) throw new ListRefused('empty', 'nothing is in the file')
}
