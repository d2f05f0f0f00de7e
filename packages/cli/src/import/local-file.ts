import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { ImportField } from '@pisto/contract'
import {
  type ColumnMap,
  cellsByField,
  type FileEncoding,
  FileRefused,
  type FileRow,
  type ImportKind,
  mapColumns,
  openRowFile,
  type RowFile,
} from '@pisto/server'
import { failed, misused } from '../failure.ts'

export interface FileOptions {
  readonly kind: ImportKind
  /** Field by column, as told. */
  readonly told: ReadonlyMap<string, ImportField>
  readonly encoding: FileEncoding | undefined
}

/** A file of people on this machine, as its beginning shows it. */
export interface LocalFile extends Omit<RowFile, 'rows' | 'columns'>, ColumnMap {
  readonly path: string
  readonly options: FileOptions
}

/** One that was read to its end once, and found in order. */
export interface ExaminedFile extends LocalFile {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly rowCount: number
  /** Rows that can be sent, by the text in their country. */
  readonly countByCountry: ReadonlyMap<string, number>
}

/** A row as it stands in the file, and what is sent of it. */
export interface LocalRow extends FileRow {
  readonly fields: Readonly<Partial<Record<ImportField, string>>>
}

/**
 * Looks at the beginning of a file.
 * @throws {CommandFailure} it cannot be read, is no list of rows, or has no column of a name that was told
 */
export async function openFile(path: string, options: FileOptions): Promise<LocalFile> {
  const {
    rows: _rows,
    columns: names,
    ...about
  } = await open(path, options).catch((error: unknown) => {
    throw explain(path, error)
  })
  const unknown = [...options.told.keys()].find((column) => !names.includes(column))
  if (unknown !== undefined) throw misused(`${path} has no column ${unknown}`, `It has ${names.join(', ')}.`)
  return { path, options, ...about, ...mapColumns(names, options.kind, options.told) }
}

/**
 * Reads the whole file before anything is sent: an import of half a broken file helps nobody.
 * @throws {CommandFailure} as `openFile`, or it lacks columns
 */
export async function examineFile(file: LocalFile): Promise<ExaminedFile> {
  if (file.missing.length > 0) {
    const columns = `${file.missing.length === 1 ? 'the column' : 'the columns'} ${file.missing.join(', ')}`
    throw misused(`${file.path} lacks ${columns}`, 'Say which column it is by --map COLUMN=FIELD; see --preview.')
  }
  const hash = createHash('sha256')
  const countByCountry = new Map<string, number>()
  let rowCount = 0
  for await (const { fields, error } of rowsOf(file, (bytes) => hash.update(bytes))) {
    rowCount++
    if (error !== undefined) continue
    const country = fields.country ?? ''
    countByCountry.set(country, (countByCountry.get(country) ?? 0) + 1)
  }
  return { ...file, hash: hash.digest('hex'), rowCount, countByCountry }
}

/**
 * The rows of a file in order.
 * @throws {CommandFailure} what the file is refused for, with where
 */
export async function* rowsOf(
  file: LocalFile,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<LocalRow> {
  try {
    for await (const row of (await open(file.path, file.options, onBytes)).rows) {
      yield { ...row, fields: cellsByField(file, row.cells) }
    }
  } catch (error) {
    throw explain(file.path, error)
  }
}

async function open(
  path: string,
  { encoding }: FileOptions,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): Promise<RowFile> {
  async function* bytes() {
    for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
      onBytes(piece)
      yield piece
    }
  }
  return openRowFile(bytes(), { encoding })
}

function explain(path: string, error: unknown): unknown {
  if (error instanceof FileRefused) {
    const place = Object.entries(error.place).map(([name, value]) => `, ${name} ${value}`)
    return misused(`${path}${place.join('')}: ${error.message} (${error.reason})`)
  }
  const { code } = error as NodeJS.ErrnoException
  return code?.startsWith('E') ? failed(`${path} cannot be read (${code})`, undefined, error) : error
}
