const PLAIN = /^[a-z0-9 .,]*$/i
const MARKS = /\p{M}+/gu
/** Apostrophes and the glottal stops of Mayan spellings, however they were typed. */
const APOSTROPHES = /['’‘ʼʻ`´′ꞌ]/gu
const DOUBLE_ENCODED = /[\u00c2-\u00c3][\u0080-\u00bf]/g
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', ı: 'i' }

/**
 * A name without what writers leave out: capitals, accents, the tilde of ñ, apostrophes. Separators stay.
 *
 * @example
 * fold("Güitz B'alam MUÑOZ") // 'guitz balam munoz'
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/[øłßæœđðı]/g, (letter) => LETTERS[letter] ?? letter)
}

/** Mends UTF-8 that was read as Latin-1 once: `MuÃ±oz`. */
export function withoutDoubleEncoding(text: string): string {
  return text.replace(DOUBLE_ENCODED, repaired)
}

function repaired(pair: string): string {
  return String.fromCharCode(((pair.charCodeAt(0) & 0x1f) << 6) | (pair.charCodeAt(1) & 0x3f))
}
