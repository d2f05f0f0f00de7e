/** Width of a text in a font of a size, in points. */
export type WidthOf = (text: string, size: number) => number

export interface Box {
  readonly width: number
  readonly height: number
  readonly largest: number
  readonly lineCount: number
}

/** Lines of one size. */
export interface Fitted {
  readonly size: number
  readonly lines: readonly string[]
}

/** Below this nobody reads a name from across a counter; what does not fit then is cut. */
const SMALLEST = 10

/** Height of a line, in sizes of its letters. */
export const LINE = 1.12

/**
 * A text in the largest letters in which it fits into a box: broken between words, inside one only if it is wider than
 * the box. Whatever the text, nothing is wider than the box.
 */
export function fitText(text: string, box: Box, widthOf: WidthOf): Fitted {
  for (let size = box.largest; size > SMALLEST; size--) {
    const lines = wrapped(text, (line) => widthOf(line, size) <= box.width, false)
    if (lines !== undefined && lines.length <= linesOf(box, size)) return { size, lines }
  }
  const fits = (line: string): boolean => widthOf(line, SMALLEST) <= box.width
  const lines = wrapped(text, fits, true) ?? []
  const count = linesOf(box, SMALLEST)
  if (lines.length <= count) return { size: SMALLEST, lines }
  return { size: SMALLEST, lines: [...lines.slice(0, count - 1), cut(lines.slice(count - 1).join(' '), fits)] }
}

/** A line of text, in smaller letters where it must be; what does not fit then is cut. */
export function fitLine(text: string, width: number, largest: number, widthOf: WidthOf): Fitted {
  return fitText(text, { width, height: largest * LINE, largest, lineCount: 1 }, widthOf)
}

const linesOf = ({ height, lineCount }: Box, size: number): number =>
  Math.max(1, Math.min(lineCount, Math.floor(height / (size * LINE))))

/** @returns Undefined: a word is wider than a line, and must not be broken. */
function wrapped(text: string, fits: (line: string) => boolean, mayBreak: boolean): string[] | undefined {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    if (fits(word)) continue
    if (!mayBreak) return undefined
    const parts = broken(word, fits)
    line = parts.pop() ?? ''
    lines.push(...parts)
  }
  return line === '' ? lines : [...lines, line]
}

function broken(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && !fits(part + letter)) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}

function cut(text: string, fits: (line: string) => boolean): string {
  const letters = [...text]
  while (letters.length > 0 && !fits(`${letters.join('').trimEnd()}…`)) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
