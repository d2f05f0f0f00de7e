/** Texts as the specification counts them: in characters (code points), neither bytes nor UTF-16 units. */

const SURROGATE = /[\ud800-\udfff]/

/** How many characters it has. */
export function countCharacters(text: string): number {
  return hasSurrogates(text) ? Array.from(text).length : text.length
}

/** Has it more characters than this? Most texts are short enough without counting. */
export function isLongerThan(text: string, limit: number): boolean {
  return text.length > limit && countCharacters(text) > limit
}

/** Is any character of it made of two UTF-16 units, or half of one? */
export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text)
}

/** The UTF-16 index after so many characters from `at` on; beyond the text's end if it has fewer. */
export function endOfCharacters(text: string, at: number, count: number): number {
  let end = at
  for (let left = count; left > 0; left--) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return end
}
