/**
 * Letters of other alphabets that look like Latin ones, lower case. Compiled by hand from confusables.txt of
 * Unicode Technical Standard #39 (version 16), Cyrillic and Greek rows: what a keyboard can type.
 */
const LOOK_LIKE: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'ьвβ',
  c: 'сϲⅽ',
  d: 'ԁⅾ',
  e: 'еєεҽ',
  g: 'ɡց',
  h: 'һн',
  i: 'іιıӏ',
  j: 'јϳ',
  k: 'кκ',
  l: 'ⅼ',
  m: 'мⅿ',
  n: 'пηո',
  o: 'оοσօ',
  p: 'рρ',
  q: 'ԛ',
  r: 'гᴦ',
  s: 'ѕ',
  t: 'тτ',
  u: 'υսц',
  v: 'νѵ',
  w: 'ԝωш',
  x: 'хχ',
  y: 'уγү',
  z: 'ᴢ',
}

const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_LIKE).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
)

/** Zero-width and other invisible characters, soft hyphens, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** The text in Latin letters: what looks like one is one; what cannot be seen is not there. */
export const withoutHomoglyphs = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => LATIN.get(letter) ?? letter)
