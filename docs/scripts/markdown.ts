/** First line of every page that a script writes. */
export const GENERATED =
  '<!-- Written by docs/scripts/generate.ts. Do not edit: change the source and run it again. -->'

/** A table; what would end a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const code = (text: string): string => `\`${text}\``

/** Places in a text are filled when a code is read: `{found}` is what stood there. */
export const readable = (text: string): string => text.replace(/\{(\w+)\}/g, '‹$1›')

/** The paragraphs that there are, one empty line apart. */
export const page = (...parts: readonly (string | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`

/** Puts `content` between `<!-- generated: name -->` and `<!-- end -->`. @throws {Error} the page has no such place */
export function fill(text: string, name: string, content: string): string {
  const begin = `<!-- generated: ${name} -->`
  const start = text.indexOf(begin)
  const end = text.indexOf('<!-- end -->', start)
  if (start < 0 || end < 0) throw new Error(`no place for ${name}`)
  return `${text.slice(0, start + begin.length)}\n${content}\n${text.slice(end)}`
}
