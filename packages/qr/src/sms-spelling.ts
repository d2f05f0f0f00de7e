/** Letters of Spanish and of the Mayan languages' names, as a mark before the letter: two characters instead of six. */
const ACUTE = new Map([...'áéíóúÁÉÍÓÚñÑ'].map((letter, n) => [letter, `'${'aeiouAEIOUnN'.charAt(n)}`]))
const DIAERESIS = new Map([...'äëïöüÄËÏÖÜ'].map((letter, n) => [letter, `"${'aeiouAEIOU'.charAt(n)}`]))
const MARKED = new Map([...ACUTE, ...DIAERESIS, ["'", "''"], ['"', '""'], [' ', '+']])
const UNMARKED = new Map([...MARKED].map(([letter, written]) => [written, letter]))

/** ASCII that stands for itself: in the basic alphabet of SMS, and no mark. `@` is the zero byte there: not trusted. */
const PLAIN = /^[A-Za-z0-9!#&()*./:;<=>?-]$/

/**
 * A name in characters that every network carries unchanged: `Tortiller'ia+'Nand'u` is Tortillería Ñandú. What has no
 * mark is its UTF-8 bytes, like `%C3%A7`.
 */
export function spellForSms(text: string): string {
  return Array.from(text, (character) => {
    if (PLAIN.test(character)) return character
    return MARKED.get(character) ?? bytesOf(character)
  }).join('')
}

/** @returns Undefined: not as `spellForSms` writes it. One name, one spelling. */
export function unspellFromSms(text: string): string | undefined {
  const unmarked = text.replace(/['"].|\+/g, (mark) => UNMARKED.get(mark) ?? mark)
  try {
    const name = decodeURIComponent(unmarked)
    return spellForSms(name) === text ? name : undefined
  } catch {
    return undefined // bytes that are no UTF-8
  }
}

const bytesOf = (character: string): string =>
  Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
