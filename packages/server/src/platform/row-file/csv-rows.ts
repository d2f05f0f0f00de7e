import { pipeline, Readable } from 'node:stream'
import { CsvError, type Info, type Parser, parse } from 'csv-parse'
import { FileRefused } from './refused.ts'

/** A row of a CSV file with the line on which it ends. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|'] as const

/** The sign that is most often in the header outside of quotes: Spanish spreadsheets write semicolons. */
export function findDelimiter(head: string): string {
  const header = head.replace(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1)[0] ?? ''
  const count = (sign: string): number => header.split(sign).length
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/**
 * Rows of a CSV file, the header among them, no faster than they are taken. Rows without any text are none.
 *
 * @param maxBytes Of one row: more is refused, so that a quote that is never closed does not fill the memory.
 * @throws {FileRefused} `csv_malformed`, `line_too_long`
 * @see RFC 4180
 */
export async function* csvRows(
  text: AsyncIterable<Buffer>,
  delimiter: string,
  maxBytes: number,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: maxBytes,
  })
  pipeline(Readable.from(text), parser, () => undefined) // a failure is told to whoever takes the rows
  try {
    for await (const { record, info } of parser as Parser & AsyncIterable<{ record: string[]; info: Info }>) {
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = String(error['lines'] ?? 1)
    throw new FileRefused(error.code === 'CSV_MAX_RECORD_SIZE' ? 'line_too_long' : 'csv_malformed', { line })
  }
}
