import { FileRefused } from './refused.ts'

/** A line of JSON Lines: the cells of an object by name, or undefined where it is none of texts and numbers. */
export interface JsonRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>> | undefined
}

const NEWLINE = 0x0a

/**
 * Rows of JSON Lines, one object a line; empty lines are none.
 *
 * @throws {FileRefused} `line_too_long`
 * @see https://jsonlines.org
 */
export async function* jsonRows(text: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<JsonRow> {
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  for await (const piece of text) {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let from = 0
    for (let end = all.indexOf(NEWLINE); end >= 0; end = all.indexOf(NEWLINE, from)) {
      line++
      if (end - from > maxBytes) throw new FileRefused('line_too_long', { line: String(line) })
      const row = readRow(all.toString('utf8', from, end), line)
      from = end + 1
      if (row) yield row
    }
    rest = all.subarray(from)
    if (rest.length > maxBytes) throw new FileRefused('line_too_long', { line: String(line + 1) })
  }
  const last = readRow(rest.toString('utf8'), line + 1)
  if (last) yield last
}

function readRow(text: string, line: number): JsonRow | undefined {
  return text.trim() === '' ? undefined : { line, cells: cellsOf(text) }
}

function cellsOf(text: string): JsonRow['cells'] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const cells: Record<string, string> = Object.create(null)
    for (const [name, cell] of Object.entries(value)) {
      if (typeof cell === 'object' && cell !== null) return undefined
      cells[name] = cell === null ? '' : String(cell)
    }
    return cells
  } catch {
    return undefined
  }
}
