import { remembered } from '../remembered.ts'

/** Spellings that sound alike in the region, in order: each rule sees what the ones before it left. */
const RULES: readonly (readonly [spelling: RegExp, sound: string])[] = [
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/sh/g, 'x'], // Mayan x is sh
  [/ck/g, 'k'],
  [/ch/g, 'ç'],
  [/g[ie](?=[aou])/g, 'i'], // Giovani, Yovani
  [/gu(?=[ao])|hu(?=[aeio])|wu(?=[aeio])/g, 'w'], // Huilson, Wuits
  [/gu(?=[ei])/g, 'ɡ'], // hard before e and i
  [/g(?=[ei])/g, 'j'],
  [/qu(?=[ei])/g, 'k'],
  [/c(?=[ei])|z/g, 's'],
  [/[cq]/g, 'k'],
  [/v/g, 'b'],
  [/ll|y/g, 'i'],
  [/h/g, ''],
  [/ɡ/g, 'g'],
  [/n(?=[bp])/g, 'm'],
  [/(.)\1+/g, '$1'],
]

/**
 * Two spellings with the same key sound alike in Spanish as spoken in Central America: b and v, s, z and soft c, ll
 * and y, j and soft g, k, qu and hard c, gu, hu and w; h is silent, doubles are single.
 *
 * @param folded One word, as `fold` gives it.
 * @see Real Academia Española, Ortografía de la lengua española (2010), chapter I, 6 (graphemes and phonemes)
 * @example
 * phoneticKey('baldez') === phoneticKey('valdes')
 */
export const phoneticKey: (folded: string) => string = remembered((folded) =>
  RULES.reduce((word, [spelling, sound]) => word.replace(spelling, sound), folded),
)

const LOOSE_RULES: readonly (readonly [spelling: RegExp, sound: string])[] = [
  [/sh/g, 'x'],
  [/kh/g, 'j'],
  [/ou/g, 'u'],
  [/ee/g, 'i'],
  [/^h(?=[ae]i)/, 'j'], // Heidi, Jeidi
  [/gu(?=[aeio])|hu(?=[aeio])/g, 'w'],
  [/(?<=[b-df-hj-np-tv-z])u(?=[ao])/g, 'w'], // Discua, Discwa
  [/(?<=[aeiou])h(?=[aeiou]|$)/g, 'j'],
]

const LOOSE_SOUNDS: readonly (readonly [sound: RegExp, looser: string])[] = [
  [/x/g, 'j'],
  [/^[ij](?=[aeiou])/, 'ÿ'], // Jessica, Yessica
  [/^ts/, 's'],
  [/w/g, 'b'],
  [/(.)\1+/g, '$1'],
]

/**
 * A wider key for words that were written down by ear in another spelling: Mayan x, sh and j, tz and z, w and gu and v;
 * foreign j and y.
 *
 * @param folded One word, as `fold` gives it.
 * @see Academia de Lenguas Mayas de Guatemala, unified alphabet: Acuerdo Gubernativo 1046-87
 * @example
 * wideKey('ximenes') === wideKey('jimenez')
 */
export function wideKey(folded: string): string {
  const heard = LOOSE_RULES.reduce((word, [spelling, sound]) => word.replace(spelling, sound), folded)
  return LOOSE_SOUNDS.reduce((word, [sound, looser]) => word.replace(sound, looser), phoneticKey(heard))
}

/**
 * A wide key in which e is i, and o is u: speakers of Mayan languages and writers of Arabic names do not keep them
 * apart. Many names differ by just that, so it counts only for words that no table knows.
 *
 * @param wide As `wideKey` gives it.
 */
export function vowelKey(wide: string): string {
  return wide
    .replace(/e/g, 'i')
    .replace(/o/g, 'u')
    .replace(/(.)\1+/g, '$1')
}
