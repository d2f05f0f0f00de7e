import { shown } from './table.ts'

/** A mark under a character of a code. */
export interface Place {
  /** In characters (code points) from the start. */
  readonly offset: number
  readonly label: string
}

/** Characters on one line. */
const WIDTH = 76

/** The code itself in lines, with marks under the places that findings are about. */
export function renderPlaces(payload: string, places: readonly Place[]): readonly string[] {
  if (places.length === 0) return []
  const characters = Array.from(payload)
  const lines: string[] = ['']
  for (let from = 0; from < Math.max(characters.length, 1); from += WIDTH) {
    // The end of the code is a place, too: of what is missing there.
    const isLast = from + WIDTH >= characters.length
    const here = places.filter(({ offset }) => offset >= from && (offset < from + WIDTH || isLast))
    if (here.length === 0) continue
    lines.push(
      `${`${from}`.padStart(4)}  ${characters
        .slice(from, from + WIDTH)
        .map(visible)
        .join('')}`,
    )
    for (const { offset, label } of here) lines.push(`      ${' '.repeat(offset - from)}^ ${label}`)
  }
  return lines
}

/** One column for each character. */
function visible(character: string): string {
  const text = shown(character)
  return Array.from(text).length === 1 ? text : '·'
}
