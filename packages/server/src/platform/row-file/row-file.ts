import { csvRows, findDelimiter } from './csv-rows.ts'
import { type FileEncoding, findEncoding, toUtf8 } from './encodings.ts'
import { jsonRows } from './json-rows.ts'
import { FileRefused } from './refused.ts'
import { foreignKind } from './signatures.ts'

type FileFormat = 'csv' | 'jsonl'

/** Why a row is none, though the file can be read on. */
export type RowError = 'row_ragged' | 'row_malformed' | 'cell_too_long'

/** A row with its cells by column, as far as they could be read. */
export interface FileRow {
  /** In the file, from 1; rows without any text do not count. */
  readonly row: number
  /** On which it ends, from 1. */
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
  readonly error?: RowError
}

/** A file whose beginning was looked at. Its rows can be taken once, and are read while they are taken. */
export interface RowFile {
  readonly format: FileFormat
  readonly encoding: FileEncoding
  /** Whether the encoding was said by a mark at the beginning. */
  readonly hasByteOrderMark: boolean
  /** Of a CSV file. */
  readonly delimiter: string | null
  /** The header of a CSV file; the names in the first row of JSON Lines. */
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<FileRow>
}

export interface RowFileOptions {
  /** Left out: JSON Lines when the first sign is a brace, else CSV. */
  readonly format?: FileFormat | undefined
  /** Left out: found by `findEncoding`. */
  readonly encoding?: FileEncoding | undefined
  /** Default 1,000,000. */
  readonly maxRows?: number
  /** Default 1 GiB. */
  readonly maxBytes?: number
}

const MAX_ROWS = 1_000_000
const MAX_BYTES = 1024 ** 3
/** Of one row. A cell has at most a thousand characters; no list of people has more than a few dozen columns. */
const MAX_ROW_BYTES = 128 * 1024
const MAX_CELL = 1000
/** What is looked at before anything is read. */
const HEAD_BYTES = 16 * 1024

/**
 * Reads a file of rows, CSV or JSON Lines, as it comes: never more than a piece and a row of it are in memory. What is
 * no list of rows is refused by name before it is parsed; nothing is ever unpacked or resolved. A row that is no row
 * has an error and the next one follows.
 *
 * @param bytes Read to the end, or until it is refused.
 * @throws {FileRefused} here for what the beginning shows, and while the rows are taken for the rest
 * @example
 * const { columns, rows } = await openRowFile(createReadStream('people.csv'))
 * for await (const { row, cells, error } of rows) …
 */
export async function openRowFile(bytes: AsyncIterable<Uint8Array>, options: RowFileOptions = {}): Promise<RowFile> {
  const { maxRows = MAX_ROWS, maxBytes = MAX_BYTES } = options
  const { head, whole } = await beginningOf(limited(bytes, maxBytes))
  if (head.length === 0) throw new FileRefused('file_empty')
  const foreign = foreignKind(head)
  if (foreign) throw new FileRefused(foreign)
  const found = findEncoding(head)
  const encoding = options.encoding ?? found.encoding
  const markBytes = encoding === found.encoding ? found.markBytes : 0

  const text = toUtf8(without(whole, markBytes), encoding, markBytes)
  const start = new TextDecoder(encoding).decode(head.subarray(markBytes))
  if (/^\s*</.test(start)) throw new FileRefused('file_xml')
  const format = options.format ?? (/^\s*\{/.test(start) ? 'jsonl' : 'csv')
  const delimiter = format === 'csv' ? findDelimiter(start) : null
  const { columns, rows } = await (delimiter === null ? openJson(text) : openCsv(text, delimiter))
  return {
    format,
    encoding,
    hasByteOrderMark: markBytes > 0,
    delimiter,
    columns,
    rows: counted(rows, maxRows),
  }
}

interface Opened {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<Omit<FileRow, 'row'>>
}

async function openCsv(text: AsyncIterable<Buffer>, delimiter: string): Promise<Opened> {
  const all = csvRows(text, delimiter, MAX_ROW_BYTES)
  const header = await all.next()
  if (header.done) throw new FileRefused('file_empty')
  const columns = header.value.cells.map((name) => name.normalize('NFC').trim())
  while (columns.at(-1) === '') columns.pop() // a spreadsheet's empty columns at the right
  const nameless = columns.indexOf('')
  if (nameless >= 0) throw new FileRefused('header_nameless', { column: String(nameless + 1) })
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw new FileRefused('header_duplicate', { column: twice.slice(0, 100) })
  async function* rows() {
    for await (const { line, cells } of all) yield csvRow(columns, line, cells)
  }
  return { columns, rows: rows() }
}

function csvRow(columns: readonly string[], line: number, texts: readonly string[]): Omit<FileRow, 'row'> {
  const cells: Record<string, string> = Object.create(null)
  for (const [index, column] of columns.entries()) cells[column] = texts[index] ?? ''
  const isRagged = texts.length < columns.length || texts.slice(columns.length).some((extra) => extra !== '')
  if (isRagged) return { line, cells, error: 'row_ragged' }
  return withLimit({ line, cells })
}

async function openJson(text: AsyncIterable<Buffer>): Promise<Opened> {
  const all = jsonRows(text, MAX_ROW_BYTES)
  const first = await all.next()
  if (first.done) throw new FileRefused('file_empty')
  async function* rows() {
    for (let next: typeof first = first; !next.done; next = await all.next()) {
      const { line, cells } = next.value
      yield cells ? withLimit({ line, cells }) : { line, cells: {}, error: 'row_malformed' as const }
    }
  }
  return { columns: Object.keys(first.value.cells ?? {}), rows: rows() }
}

function withLimit(row: Pick<FileRow, 'line' | 'cells'>): Omit<FileRow, 'row'> {
  for (const name in row.cells) if ((row.cells[name]?.length ?? 0) > MAX_CELL) return { ...row, error: 'cell_too_long' }
  return row
}

async function* counted(rows: Opened['rows'], maxRows: number): AsyncGenerator<FileRow> {
  let count = 0
  for await (const { line, cells, error } of rows) {
    if (++count > maxRows) throw new FileRefused('rows_too_many', { maximum: String(maxRows) })
    yield error === undefined ? { row: count, line, cells } : { row: count, line, cells, error }
  }
  if (count === 0) throw new FileRefused('file_empty')
}

/** The first bytes, and all of them again. */
async function beginningOf(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Uint8Array> }> {
  const pieces = bytes[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const next = await pieces.next()
    if (next.done) break
    read.push(next.value)
    length += next.value.length
  }
  async function* whole() {
    try {
      yield* read
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
    } finally {
      await pieces.return?.()
    }
  }
  return { head: Buffer.concat(read).subarray(0, HEAD_BYTES), whole: whole() }
}

async function* limited(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const piece of bytes) {
    length += piece.length
    if (length > maxBytes) throw new FileRefused('file_too_large', { maximumBytes: String(maxBytes) })
    yield piece
  }
}

async function* without(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const piece of bytes) {
    const skipped = Math.min(left, piece.length)
    left -= skipped
    if (skipped < piece.length) yield piece.subarray(skipped)
  }
}
