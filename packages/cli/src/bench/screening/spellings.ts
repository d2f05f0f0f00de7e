import type { SeededRandom } from '@pisto/testkit'

/** Ways in which the same sound is written, by ear: made apart from the matcher's keys, from what clerks write. */
const BY_EAR: readonly (readonly [written: RegExp, heard: string])[] = [
  [/v/, 'b'],
  [/b(?=[aeiou])/, 'v'],
  [/z/, 's'],
  [/s(?=[aou])/, 'z'],
  [/c(?=[ei])/, 's'],
  [/ll/, 'y'],
  [/y(?=[aeiou])/, 'll'],
  [/^h/, ''],
  [/^(?=[aeou])/, 'h'],
  [/j(?=[ei])/, 'g'],
  [/g(?=[ei])/, 'j'],
  [/qu(?=[ei])/, 'k'],
  [/c(?=[aou])/, 'k'],
  [/y$/, 'i'],
  [/rr/, 'r'],
  [/n(?=[ao]$)/, 'nn'],
  [/ñ/, 'n'],
]

const MAYAN: readonly (readonly [written: RegExp, other: string])[] = [
  [/c(?=[aou]|$)/, "k'"],
  [/qu/, "q'"],
  [/tz/, "tz'"],
  [/tz/, 'ts'],
  [/x/, 'sh'],
  [/b/, "b'"],
  [/ch/, "ch'"],
  [/j$/, 'h'],
  [/u(?=[ao])/, 'w'],
]

/** Another spelling of one word with the same sound; undefined when it has only one. */
export function byEar(random: SeededRandom, word: string): string | undefined {
  return rewrite(random, word, BY_EAR)
}

/** Another spelling of a Mayan word; undefined when it has only one. */
export function transliterate(random: SeededRandom, word: string): string | undefined {
  return rewrite(random, word, MAYAN)
}

function rewrite(
  random: SeededRandom,
  word: string,
  spellings: readonly (readonly [RegExp, string])[],
): string | undefined {
  const lower = word.toLowerCase()
  const possible = spellings.filter(([written]) => written.test(lower))
  if (possible.length === 0) return undefined
  const [written, other] = random.pick(possible)
  return capital(lower.replace(written, other))
}

/** Keys to the left and right of each letter. */
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** One slip of the keyboard, in words of five letters or more, the first letter kept. */
export function mistype(random: SeededRandom, word: string): string | undefined {
  const letters = [...word]
  if (letters.length < 5) return undefined
  const at = 1 + random.below(letters.length - 2)
  const [here = '', next = ''] = [letters[at], letters[at + 1]]
  const slip = random.below(4)
  if (slip === 0 && here !== next) letters.splice(at, 2, next, here)
  else if (slip === 1) letters.splice(at, 1)
  else if (slip === 2) letters.splice(at, 0, here)
  else letters.splice(at, 1, besides(random, here))
  return letters.join('')
}

function besides(random: SeededRandom, letter: string): string {
  const plain = withoutAccents(letter)
  const row = KEYS.find((keys) => keys.includes(plain)) ?? ''
  const at = row.indexOf(plain)
  return random.pick([row[at - 1], row[at + 1]].filter((key) => key !== undefined))
}

export const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
