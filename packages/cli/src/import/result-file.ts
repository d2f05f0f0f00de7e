import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { failed } from '../failure.ts'
import { type MerchantFile, rowsOf } from './merchant-file.ts'
import type { Outcome } from './row-sender.ts'

const FIRST = ['externalId', 'outcome', 'id'] as const

/**
 * Writes the result beside the file's own rows: `externalId,outcome,id` first, then the other columns, a row for each
 * row, in the file's order. The old result is replaced only by a whole new one.
 * @throws {CommandFailure} it cannot be written
 */
export async function writeResult(
  path: string,
  file: MerchantFile,
  outcomeOf: (row: number) => Outcome | undefined,
): Promise<void> {
  const rest = file.columns.filter((column) => !FIRST.some((first) => first === column))
  const unfinished = `${path}.part`
  try {
    const out = createWriteStream(unfinished)
    await once(out, 'open')
    if (file.hasByteOrderMark) out.write('\ufeff')
    out.write(line([...FIRST, ...rest], file.delimiter))
    for await (const { row, cells } of rowsOf(file)) {
      const outcome = outcomeOf(row)
      const first = [cells['externalId'] ?? '', outcome?.outcome ?? '', outcome?.merchantId ?? '']
      const whole = line([...first, ...rest.map((column) => cells[column] ?? '')], file.delimiter)
      if (!out.write(whole)) await once(out, 'drain')
    }
    out.end()
    await once(out, 'finish')
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw failed(`${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`, undefined, cause)
  }
}

const line = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => quoted(harmless(cell), delimiter)).join(delimiter)}\r\n`

/**
 * A cell that a spreadsheet would run as a formula, made text by an apostrophe in front.
 * @see OWASP, "CSV Injection"; full-width signs are formulas to spreadsheets in some languages
 */
export const harmless = (cell: string): string =>
  /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell

/** @see RFC 4180, section 2 */
const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
