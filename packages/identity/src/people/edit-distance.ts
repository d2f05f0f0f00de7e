/** A slip of the pen or the keyboard, or more than one. */
export type Slip = 'substitution' | 'transposition' | 'insertion' | 'deletion'

const KEYBOARD = ['qwertyuiop', 'asdfghjklñ', 'zxcvbnm']
/** Letters that handwriting and recognition of letters confuse. */
const ALIKE = ['il', 'uv', 'ce', 'gq', 'gj', 'nh', 'mn', 'ei', 'ou']

const NEIGHBOURS: ReadonlySet<string> = new Set(
  KEYBOARD.flatMap((row, y) =>
    [...row].flatMap((key, x) => {
      const below = KEYBOARD[y + 1] ?? ''
      return [row[x + 1], below[x - 1], below[x]].flatMap((other) => (other ? [key + other, other + key] : []))
    }),
  ).concat(ALIKE.flatMap((pair) => [pair, [...pair].reverse().join('')])),
)

/** Whether the one letter in which two words of equal length differ is one key away, looks alike, or could not be read. */
export function isLikelySubstitution(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  const letters = (a[at] ?? '') + (b[at] ?? '')
  return NEIGHBOURS.has(letters) || /[?\ufffd\d]/.test(letters)
}

/**
 * The one slip that turns one word into the other: a letter replaced, left out, added, or swapped with its neighbour
 * (restricted Damerau-Levenshtein distance 1).
 *
 * @returns The slip from `a` to `b`; undefined when the words are equal or further apart.
 */
export function singleSlip(a: string, b: string): Slip | undefined {
  const difference = b.length - a.length
  if (a === b || difference > 1 || difference < -1) return undefined
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [lengthA, lengthB] = [endA - start, endB - start]
  if (lengthA === 0 && lengthB === 1) return 'insertion'
  if (lengthA === 1 && lengthB === 0) return 'deletion'
  if (lengthA === 1 && lengthB === 1) return 'substitution'
  const swapped = lengthA === 2 && lengthB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]
  return swapped ? 'transposition' : undefined
}
