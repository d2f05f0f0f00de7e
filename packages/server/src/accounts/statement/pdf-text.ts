/** Beyond ASCII and Latin-1, what the standard fonts of PDF can show (WinAnsi). @see ISO 32000-1 annex D.2 */
const FURTHER = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'

/**
 * A text in the letters that the standard fonts have: all of Spanish; a question mark stands for any other.
 *
 * @example
 * printable('Piñatería "Ana" 🎉') // 'Piñatería "Ana" ?'
 */
export const printable = (text: string): string =>
  [...text.normalize('NFC')].map((letter) => (isPrintable(letter) ? letter : '?')).join('')

const isPrintable = (letter: string): boolean =>
  /^[\u0020-\u007e\u00a0-\u00ff]$/.test(letter) || FURTHER.includes(letter)

/**
 * As much of a text as fits, with an ellipsis for the rest.
 *
 * @param widthOf Of a text, in the font that it is drawn in.
 */
export function fitted(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text
  let [fits, tooLong] = [0, text.length]
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1
    if (widthOf(`${text.slice(0, middle).trimEnd()}…`) <= width) fits = middle
    else tooLong = middle
  }
  return `${text.slice(0, fits).trimEnd()}…`
}
