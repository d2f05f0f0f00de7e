import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { MerchantRow } from '@pisto/contract'
import { CsvError, type Parser, parse } from 'csv-parse'
import { failed, misused } from '../failure.ts'

/** The columns that a file of merchants must have, in any order, beside any others. */
export const COLUMNS = [
  'externalId',
  'country',
  'tradeName',
  'givenNames',
  'familyNames',
  'dateOfBirth',
  'documentType',
  'documentNumber',
  'phone',
  'categoryCode',
  'locale',
  'consent',
] as const satisfies readonly (keyof MerchantRow)[]

/** Characters of a cell that the API takes. */
const MAX_CELL = 1000
/** More characters than this in a row are no row: a quote was not closed. */
const MAX_ROW = 1_000_000

/** A file that was read to its end once, and found in order. */
export interface MerchantFile {
  readonly path: string
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly hasByteOrderMark: boolean
  readonly rowCount: number
}

/** Cells by the column's name. Rows without any text are none. */
export type Cells = Readonly<Record<string, string>>

/**
 * Reads the whole file before anything is sent: an import of half a broken file helps nobody.
 * @throws {CommandFailure} it cannot be read, or is no CSV in UTF-8 with these columns; says where
 */
export async function examineFile(path: string): Promise<MerchantFile> {
  const { delimiter, hasByteOrderMark } = await readBeginning(path)
  const hash = createHash('sha256')
  const parser = createParser(path, delimiter, (bytes) => hash.update(bytes))
  let columns: readonly string[] | undefined
  let rowCount = 0
  for await (const cells of parser as AsyncIterable<Cells>) {
    columns ??= Object.keys(cells)
    rowCount++
    const long = columns.find((column) => (cells[column]?.length ?? 0) > MAX_CELL)
    if (long !== undefined) throw misused(`${path}, row ${rowCount}: more than ${MAX_CELL} characters in ${long}`)
  }
  if (columns === undefined) throw misused(`${path} has no rows`)
  return { path, hash: hash.digest('hex'), columns, delimiter, hasByteOrderMark, rowCount }
}

/** The rows of a file in order, numbered from 1. */
export async function* rowsOf(file: MerchantFile): AsyncGenerator<{ readonly row: number; readonly cells: Cells }> {
  let row = 0
  for await (const cells of createParser(file.path, file.delimiter) as AsyncIterable<Cells>) yield { row: ++row, cells }
}

/** What the API takes of a row. */
export function toMerchantRow(row: number, cells: Cells): MerchantRow {
  const of = (column: (typeof COLUMNS)[number]): string => cells[column] ?? ''
  return {
    row,
    externalId: of('externalId'),
    country: of('country'),
    tradeName: of('tradeName'),
    givenNames: of('givenNames'),
    familyNames: of('familyNames'),
    dateOfBirth: of('dateOfBirth'),
    documentType: of('documentType'),
    documentNumber: of('documentNumber'),
    phone: of('phone'),
    categoryCode: of('categoryCode'),
    locale: of('locale'),
    consent: of('consent'),
  }
}

function createParser(path: string, delimiter: string, onBytes: (bytes: Uint8Array) => void = () => undefined): Parser {
  const parser = parse({
    bom: true,
    delimiter,
    columns: (header: string[]) => checkedColumns(path, header),
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW,
  })
  feed(path, parser, onBytes).catch((error: unknown) => parser.destroy(explain(path, error)))
  return parser
}

/** Gives the file to the parser as text, no faster than it reads. */
async function feed(path: string, parser: Parser, onBytes: (bytes: Uint8Array) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  parser.on('error', () => undefined) // told to whoever reads the rows
  for await (const bytes of createReadStream(path) as AsyncIterable<Uint8Array>) {
    onBytes(bytes)
    if (parser.destroyed) return
    if (!parser.write(decoder.decode(bytes, { stream: true }))) await drained(parser)
  }
  parser.end(decoder.decode())
}

const drained = (parser: Parser): Promise<void> =>
  new Promise((resolve) => {
    parser.once('drain', resolve)
    parser.once('close', resolve)
  })

function explain(path: string, error: unknown): Error {
  if (error instanceof TypeError) {
    return misused(`${path} is not in UTF-8`, 'Save it as “CSV UTF-8”; accents would be lost otherwise.')
  }
  return error instanceof Error ? error : new Error(String(error))
}

/** @throws {CommandFailure} what csv-parse found, with the line */
export function csvFailure(path: string, error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const line = typeof error['lines'] === 'number' ? `, line ${error['lines']}` : ''
  return misused(`${path}${line} is no CSV: ${error.message}`)
}

function checkedColumns(path: string, header: readonly string[]): string[] {
  const columns = header.map((name) => name.trim())
  const missing = COLUMNS.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    throw misused(`${path} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}`)
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw misused(`${path} has the column ${twice} twice`)
  return columns
}

/** Tells other kinds of file from text, and which sign is between cells: Spanish spreadsheets write semicolons. */
async function readBeginning(path: string): Promise<Pick<MerchantFile, 'delimiter' | 'hasByteOrderMark'>> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw failed(`${path} cannot be read (${cause.code})`, undefined, cause)
  })
  try {
    const buffer = new Uint8Array(4096)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const hint = 'Save it as “CSV UTF-8”.'
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw misused(`${path} is a spreadsheet or an archive, no CSV`, hint)
    if (isUtf16(bytes)) throw misused(`${path} is in UTF-16`, hint)
    if (bytes.includes(0)) throw misused(`${path} is no text`, hint)
    const header = new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? ''
    const count = (sign: string): number => header.split(sign).length
    const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
    return { delimiter, hasByteOrderMark: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf }
  } finally {
    await file.close()
  }
}

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
