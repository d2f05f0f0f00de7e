import { countCharacters, isLongerThan } from './characters.ts'
import { withoutInvisible } from './invisible.ts'

/** Letters that do not fall apart into a base letter and an accent, each before what is written for it. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  `ßss ÆAE æae ŒOE œoe ØO øo ĐD đd ÐD ðd ÞTh þth ŁL łl ıi ªa ºo ‘' ’' ʼ' ꞌ' ´' “" ”" «" »" –- —- …...`
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

/** Words that say nothing at the end of a name. */
const CONNECTIVE = /\s+(de|del|la|las|el|los|lo|y|e|o|u|en|a|al|con|para|por|the|of|and)$/i

/** A name that is written as it is. */
const TIDY_ASCII = /^[!-~]+( [!-~]+)*$/

/** A cut at a word that keeps less than this part of the space says too little: then letters count more. */
const KEPT_AT_LEAST = 0.6

/** A name as it is written in a code. */
export interface WrittenName {
  /** Printable ASCII, within the limit; empty if no letter of the text has an ASCII form. */
  readonly ascii: string
  /** In its own spelling, within the same limit. */
  readonly spelled: string
  /** Was something left out for length? Show it to the merchant before printing. */
  readonly cut: boolean
}

/**
 * Writes a name for an EMV code: without accents, and cut at a word where it is too long (R23).
 *
 * A cut never ends in a word like `de`, and where words alone would leave less than 60% of the
 * space used, it cuts inside a word: `Ciudad de Guate`, not `Ciudad`.
 *
 * @param limit Characters (code points).
 * @example
 * writeName('Panadería y Pastelería Ñandú', 25) // { ascii: 'Panaderia y Pasteleria', spelled: 'Panadería y Pastelería', cut: true }
 */
export function writeName(name: string, limit: number): WrittenName {
  if (name.length <= limit && TIDY_ASCII.test(name)) return { ascii: name, spelled: name, cut: false }
  const spelled = tidy(name.normalize('NFC'))
  const ascii = toAscii(spelled)
  return {
    ascii: cutAtWord(ascii, limit),
    spelled: cutAtWord(spelled, limit),
    cut: isLongerThan(ascii, limit) || isLongerThan(spelled, limit),
  }
}

/**
 * Takes the accents off: `Ñandú` becomes `Nandu`. What has no ASCII form is left out.
 *
 * @returns Printable ASCII without double spaces.
 */
export function toAscii(text: string): string {
  const folded = Array.from(text.normalize('NFD'), (character) => LETTERS.get(character) ?? character).join('')
  return tidy(withoutInvisible(folded).replace(/[^ -~]/g, ''))
}

function tidy(text: string): string {
  return withoutInvisible(text).replace(/ +/g, ' ').trim()
}

function cutAtWord(text: string, limit: number): string {
  const characters = Array.from(text)
  if (characters.length <= limit) return text
  const space = characters.lastIndexOf(' ', limit)
  const words = withoutConnectives(characters.slice(0, Math.max(space, 0)).join(''))
  if (countCharacters(words) >= limit * KEPT_AT_LEAST) return words
  return withoutConnectives(characters.slice(0, limit).join('').trimEnd())
}

function withoutConnectives(text: string): string {
  const shorter = text.replace(CONNECTIVE, '')
  return shorter === text ? text : withoutConnectives(shorter)
}
