/** Texts as the specification counts them: in characters (code points), neither bytes nor UTF-16 units. */

/** How many characters it has. */
export function countCharacters(text: string): number {
  if (!hasSurrogates(text)) return text.length
  let count = 0
  for (let at = 0; at < text.length; at = endOfCharacters(text, at, 1)) count++
  return count
}

/** Has it more characters than this? Most texts are short enough without counting. */
export function isLongerThan(text: string, limit: number): boolean {
  return text.length > limit && countCharacters(text) > limit
}

/** Is any character of it made of two UTF-16 units, or half of one? */
export function hasSurrogates(text: string): boolean {
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xf800) === 0xd800) return true
  return false
}

/** The UTF-16 index after so many characters from `at` on; beyond the text's end if it has fewer. */
export function endOfCharacters(text: string, at: number, count: number): number {
  let end = at
  for (let left = count; left > 0; left--) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return end
}

/** Is every character of it one that ASCII prints, the space included? */
export function isPrintableAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code > 0x7e) return false
  }
  return true
}
