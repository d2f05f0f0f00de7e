import Table from 'cli-table3'
import type { Terminal } from '../terminal.ts'

/** What a table needs to know of where it is shown. */
export type Screen = Pick<Terminal, 'isInteractive' | 'colours'>

/** No borders and no colours: columns that `awk` and `grep` can read. */
const PLAIN = {
  chars: Object.fromEntries(
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
      .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'])
      .map((name) => [name, ''])
      .concat([['middle', '  ']]),
  ),
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
}
const BORDERED = { style: { head: [], border: [], compact: true } }

/** Columns whose cells stand at the right: amounts and counts. */
export interface TableOptions {
  readonly right?: readonly number[]
}

/**
 * Rows under a head: with borders on a terminal, plain columns in a pipe. Control characters in cells, which come from
 * strangers, are shown and never obeyed.
 */
export function renderTable(
  screen: Screen,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [] }: TableOptions = {},
): string {
  const style = screen.isInteractive ? BORDERED : PLAIN
  const table = new Table({
    ...style,
    head: head.map((title) => screen.colours.bold(title)),
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  })
  for (const row of rows) table.push([...row])
  return table.toString().replace(/[ \t]+$/gm, '')
}

/** Text of a stranger, safe to show: control and direction characters as their code. */
export function shown(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones meant
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
