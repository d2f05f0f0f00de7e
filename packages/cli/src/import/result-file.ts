import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { CommandFailure, failed } from '../failure.ts'
import type { ExaminedFile, LocalRow } from './local-file.ts'
import type { Outcome } from './run-import.ts'

const FIRST = ['externalId', 'outcome', 'id'] as const

/** A file that is written line by line, and stands under its name only when it is whole. */
export interface ResultFile {
  add(row: LocalRow, outcome: Outcome): Promise<void>
  finish(): Promise<void>
  /** Leaves what was there before. */
  abandon(): Promise<void>
}

/**
 * Writes the result beside the file's own rows: `externalId,outcome,id` first, then the other columns, a row for each
 * row, in the file's order. The old result is replaced only by a whole new one.
 * @throws {CommandFailure} it cannot be written
 */
export async function openResult(path: string, file: ExaminedFile): Promise<ResultFile> {
  const delimiter = file.delimiter ?? ','
  const rest = file.columns.filter(
    ({ column, field }) => field !== 'externalId' && !FIRST.some((own) => own === column),
  )
  const unfinished = `${path}.part`
  const writing = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch(async (cause: unknown) => {
      await rm(unfinished, { force: true }).catch(() => undefined)
      throw cause instanceof CommandFailure ? cause : cannotWrite(path, cause)
    })
  }
  const out = createWriteStream(unfinished)
  await writing(() => once(out, 'open'))
  let failure: unknown
  out.on('error', (error) => {
    failure = error
  })
  const write = (text: string): Promise<void> =>
    writing(async () => {
      if (failure) throw failure
      if (!out.write(text)) await once(out, 'drain')
    })
  const header = line([...FIRST, ...rest.map(({ column }) => column)], delimiter)
  await write(file.hasByteOrderMark ? `\ufeff${header}` : header)
  return {
    add({ cells, fields }, outcome) {
      const first = [fields.externalId ?? '', outcome?.outcome ?? '', outcome?.id ?? '']
      return write(line([...first, ...rest.map(({ column }) => cells[column] ?? '')], delimiter))
    },
    finish: () =>
      writing(async () => {
        out.end()
        await once(out, 'finish')
        await rename(unfinished, path)
      }),
    async abandon() {
      out.destroy()
      await rm(unfinished, { force: true }).catch(() => undefined)
    },
  }
}

const cannotWrite = (path: string, cause: unknown): Error =>
  failed(`${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`, undefined, cause)

const line = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => quoted(harmless(cell), delimiter)).join(delimiter)}\r\n`

/**
 * A cell that a spreadsheet would run as a formula, made text by an apostrophe in front.
 * @see OWASP, "CSV Injection"; full-width signs are formulas to spreadsheets in some languages
 */
export const harmless = (cell: string): string =>
  /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell

/** @see RFC 4180, section 2 */
const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
