/**
 * Names of businesses that people may take for each other (`@pisto/identity/look-alike`). Pure, in browsers and in
 * Node. Apart from the package's main door: who only checks documents does not load it.
 */

import { singleSlip } from '../people/edit-distance.ts'
import { fold } from '../people/fold.ts'
import { phoneticKey } from '../people/phonetic-key.ts'
import { remembered } from '../remembered.ts'
import { withoutHomoglyphs } from './homoglyphs.ts'

/** What a name is found by among a million: two names that may be taken for each other share one of them. */
export interface LookAlikeKeys {
  /** How it sounds: its words by the alphabet, without articles, numbers and spaces. */
  readonly sounds: string
  /** Its consonants by classes that are heard or written alike, in its own order. */
  readonly shape: string
}

/**
 * How two names resemble each other: `same` letters apart from capitals, accents and punctuation; `alike` to the eye or
 * to the ear, or apart from a number, an article or the order; `near`: one letter apart.
 */
export type Resemblance = 'same' | 'alike' | 'near'

const SMALL_WORDS = new Set('de del la las lo los el y e en a al the of and no nro num'.split(' '))
const ROMAN = /^(?:i{1,3}|iv|vi{0,3}|ix|x)$/
/** Digits that stand for letters within a word. */
const DIGITS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g' }
/** One letter apart says something only in a name that is long enough. */
const NEAR_LENGTH_MIN = 6

/** Keys and letters of a name. */
interface Read extends LookAlikeKeys {
  readonly plain: string
  readonly looks: string
  readonly heard: string
  readonly written: string
}

const isNumber = (word: string): boolean => /^\d+$/.test(word) || ROMAN.test(word)

function wordsOf(text: string): { readonly all: readonly string[]; readonly telling: readonly string[] } {
  const all = fold(withoutHomoglyphs(text)).match(/[\p{L}\p{N}]+/gu) ?? []
  const spelt = all.map((word) => (/\p{L}/u.test(word) ? word.replace(/\d/g, (digit) => DIGITS[digit] ?? digit) : word))
  const telling = spelt.filter((word) => !SMALL_WORDS.has(word))
  const named = telling.filter((word) => !isNumber(word))
  return { all: spelt, telling: [named, spelt].find((words) => words.length > 0) ?? [] }
}

/** Read as a hurried eye does: i, l and 1 are one, rn is m, vv is w. */
const lookOf = (letters: string): string =>
  letters
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[il1|]/g, 'l')
    .replace(/(.)\1+/g, '$1')

const CLASSES: readonly (readonly [letters: RegExp, shape: string])[] = [
  [/rn/g, 'm'],
  [/vv/g, ''],
  [/[aeiouhlwy]/g, ''],
  [/[bpfv]/g, 'b'],
  [/[cgjkqsxzç]/g, 'k'],
  [/[dt]/g, 't'],
  [/[mnñ]/g, 'n'],
  [/(.)\1+/g, '$1'],
]

const shapeOf = (heard: string): string =>
  CLASSES.reduce((word, [letters, shape]) => word.replace(letters, shape), heard)

const read = remembered((name): Read => {
  const { all, telling } = wordsOf(name)
  const sounds = telling.map(phoneticKey)
  const heard = sounds.join('')
  const bare = name.trim().toLowerCase()
  const written = telling.join('')
  return {
    plain: all.join(' ') || bare,
    written: written || bare,
    looks: lookOf(written) || bare,
    heard: heard || bare,
    sounds: [...sounds].sort().join('') || bare,
    shape: shapeOf(heard) || heard || bare,
  }
})

/** @param name As over the door. */
export function lookAlikeKeys(name: string): LookAlikeKeys {
  const { sounds, shape } = read(name)
  return { sounds, shape }
}

/**
 * How two names resemble each other, if they do.
 *
 * @example
 * resemblance('Tortillería Ñandú', 'T0rtilleria Nandu') // 'alike'
 */
export function resemblance(one: string, other: string): Resemblance | undefined {
  const [a, b] = [read(one), read(other)]
  if (a.sounds !== b.sounds && a.shape !== b.shape) return undefined
  if (a.plain === b.plain) return 'same'
  if (a.written === b.written || a.looks === b.looks || a.heard === b.heard || a.sounds === b.sounds) return 'alike'
  if (a.shape !== b.shape || Math.min(a.written.length, b.written.length) < NEAR_LENGTH_MIN) return undefined
  return singleSlip(a.written, b.written) !== undefined || singleSlip(a.heard, b.heard) !== undefined
    ? 'near'
    : undefined
}
