import { fold } from '../people/fold.ts'

/**
 * How a state may write letters that a zone does not have; one state writes all of its cards alike. Doc 9303-3,
 * section 6, table A: Ñ is N or NXX, Ü is UE, UXX or U; other accents are left out.
 */
const STYLES: readonly (readonly (readonly [letter: RegExp, written: string])[])[] = [
  [],
  [
    [/ñ/g, 'nxx'],
    [/ü/g, 'uxx'],
  ],
  [[/ü/g, 'ue']],
  [
    [/ñ/g, 'nxx'],
    [/ü/g, 'ue'],
  ],
]

/** The words of a name as a zone may have them; an apostrophe is left out, a hyphen parts words. Doc 9303-3, 4.6. */
const written = (name: string): readonly (readonly string[])[] =>
  STYLES.map((style) => {
    const spelt = style.reduce(
      (text, [letter, other]) => text.replace(letter, other),
      name.normalize('NFC').toLowerCase(),
    )
    return fold(spelt)
      .toUpperCase()
      .split(/[^A-Z]+/)
      .filter((word) => word !== '')
  })

/** Is what the zone has the name that was typed? Where fillers part the words does not matter. */
export const isSameName = (zone: readonly string[], typed: string): boolean =>
  written(typed).some((words) => words.join('') === zone.join(''))

/**
 * May what the zone has be the beginning of the names that were typed? Words may be cut to their beginnings or left
 * out, as long as the order stays and one of each kind is there. Doc 9303-3, 4.6, and 9303-5, 4.2.3: truncation.
 *
 * @param zone Surnames, then given names.
 */
export function mayBeCutFrom(zone: readonly (readonly string[])[], typed: readonly string[]): boolean {
  return zone.every((words, part) =>
    written(typed[part] ?? '').some((all) => (words.length > 0 || part > 0) && isCutFrom(words, all)),
  )
}

function isCutFrom(cut: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  return cut.every((word) => {
    const found = whole.findIndex((full, index) => index >= at && full.startsWith(word))
    at = found + 1
    return found >= 0
  })
}
