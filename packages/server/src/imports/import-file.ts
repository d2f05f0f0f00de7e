import { type ImportField, PistoProblem, type UploadedFile } from '@pisto/contract'
import type { FileEncoding } from '../platform/row-file/encodings.ts'
import { FileRefused } from '../platform/row-file/refused.ts'
import { type FileRow, openRowFile, type RowError, type RowFile } from '../platform/row-file/row-file.ts'
import { type ColumnMap, mapColumns } from './columns.ts'
import { IMPORT_KINDS, type ImportKind } from './kinds.ts'

/** A row of a file by fields: what is kept of it until it is decided. */
export interface ImportedRow {
  readonly row: number
  readonly cells: Readonly<Partial<Record<ImportField, string>>>
  readonly error?: RowError
}

/** What a request says of its file. */
export interface FileQuery {
  readonly kind: ImportKind['name']
  /** JSON object: field by column. */
  readonly columns?: string
  readonly encoding?: FileEncoding
}

export interface ImportFile extends Omit<RowFile, 'rows' | 'columns'>, ColumnMap {
  readonly kind: ImportKind
  readonly rows: AsyncIterable<ImportedRow>
}

/**
 * Opens a file of people: its rows by field.
 *
 * @throws {PistoProblem} `file_refused`, also while the rows are taken; `request_invalid`: columns told that are none
 */
export async function openImportFile(
  { mediaType, bytes }: UploadedFile,
  { kind: name, columns: told, encoding }: FileQuery,
): Promise<ImportFile> {
  const kind = IMPORT_KINDS[name]
  const toldFields = told === undefined ? undefined : readColumns(told, kind)
  const format = mediaType === 'text/csv' ? 'csv' : 'jsonl'
  const file = await openRowFile(bytes, { format, encoding }).catch((error: unknown) => {
    throw toProblem(error)
  })
  const unknown = [...(toldFields?.keys() ?? [])].find((column) => !file.columns.includes(column))
  if (unknown !== undefined)
    throw columnsInvalid('No column of the file has this name', 'El archivo no tiene esa columna')
  const map = mapColumns(file.columns, kind, toldFields)
  return { ...file, ...map, kind, rows: rowsBy(map, file.rows) }
}

/** @throws {PistoProblem} `file_refused`: no row could be accepted */
export function requireColumns({ missing }: ColumnMap): void {
  if (missing.length === 0) return
  const message = 'Columns that are needed are missing'
  const messageEs = 'Faltan columnas necesarias'
  const errors = [{ pointer: '', code: 'columns_missing', message, messageEs }]
  throw new PistoProblem('file_refused', { columns: missing.join(', ') }, { errors })
}

/** Cells by the field that their column is. */
export function cellsByField({ columns }: ColumnMap, cells: FileRow['cells']): ImportedRow['cells'] {
  const byField: Partial<Record<ImportField, string>> = {}
  for (const { column, field } of columns) if (field !== null) byField[field] = cells[column] ?? ''
  return byField
}

async function* rowsBy(map: ColumnMap, rows: AsyncIterable<FileRow>): AsyncGenerator<ImportedRow> {
  try {
    for await (const { row, cells, error } of rows) {
      const imported = { row, cells: cellsByField(map, cells) }
      yield error === undefined ? imported : { ...imported, error }
    }
  } catch (error) {
    throw toProblem(error)
  }
}

function toProblem(error: unknown): unknown {
  if (!(error instanceof FileRefused)) return error
  const { reason: code, place, message, messageEs } = error
  return new PistoProblem('file_refused', place, { errors: [{ pointer: '', code, message, messageEs }] })
}

function readColumns(text: string, { fields }: ImportKind): Map<string, ImportField> {
  const told = parseObject(text)
  const isField = (value: unknown): value is ImportField => fields.some((field) => field === value)
  if (told === undefined || !Object.values(told).every(isField)) {
    const names = fields.join(', ')
    throw columnsInvalid(
      `A JSON object of fields by column; the fields are ${names}`,
      `Un objeto JSON de campos por columna; los campos son ${names}`,
    )
  }
  return new Map(Object.entries(told).map(([column, field]) => [column.normalize('NFC').trim(), field as ImportField]))
}

function columnsInvalid(message: string, messageEs: string): PistoProblem {
  const errors = [{ pointer: '/columns', code: 'columns_invalid', message, messageEs }]
  return new PistoProblem('request_invalid', {}, { errors })
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
