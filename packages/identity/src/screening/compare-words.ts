import { isLikelySubstitution, singleSlip } from '../people/edit-distance.ts'
import { isAbbreviationOf } from '../people/name-abbreviations.ts'
import type { NameWord } from '../people/name-words.ts'
import type { PairMethod } from './subject.ts'

/** A word as it stands in a name. */
export interface ComparableWord extends NameWord {
  readonly isInitial: boolean
  readonly hasStop: boolean
  /** Whether it may be a given name: there pet names count, and endings tell women from men. */
  readonly mayBeGiven: boolean
}

/** What each way of making two words equal takes from their weight. */
export const METHOD_COSTS: Readonly<Record<PairMethod, number>> = {
  exact: 0,
  joined: 0,
  phonetic: 1,
  abbreviation: 1,
  transliteration: 2,
  nickname: 2,
  typo: 3,
  initial: 0, // its weight is always 1
}

/** Shorter words differ by a letter because they are different: Coc and Coy, Pec and Pech. */
const TYPO_LENGTH = 5
/** From here on any letter may be the wrong one. */
const LONG = 8

/**
 * How two words are the same, if they are: exact, by sound, pet name, abbreviation, initial, or one slip.
 *
 * @param isSameBirthDate With one birth date a letter's difference is a slip even between two names that both exist.
 */
export function compareWords(a: ComparableWord, b: ComparableWord, isSameBirthDate: boolean): PairMethod | undefined {
  if (a.isInitial || b.isInitial) return compareInitial(a, b)
  if (a.folded === b.folded) return 'exact'
  if (isShortFor(a, b) || isShortFor(b, a)) return 'abbreviation'
  if (a.key === b.key) return 'phonetic'
  if (a.mayBeGiven && b.mayBeGiven && (standsFor(a, b) || standsFor(b, a) || shareFormal(a, b))) return 'nickname'
  const areTwo = !isSameBirthDate && areTwoNames(a, b)
  if (a.wide === b.wide && isLongEnough(a, b, areTwo)) return 'transliteration'
  if (areTwo || (!isSameBirthDate && differByGender(a, b))) return undefined
  if (a.vowels === b.vowels && Math.min(a.folded.length, b.folded.length) >= TYPO_LENGTH) return 'transliteration'
  return isTypo(a, b, isSameBirthDate) ? 'typo' : undefined
}

/** Of two short names that both exist, each is its own: Xoc and Yoc. */
function isLongEnough(a: NameWord, b: NameWord, areTwo: boolean): boolean {
  const length = Math.min(a.folded.length, b.folded.length)
  return areTwo ? length > 4 : length > 2
}

function compareInitial(a: ComparableWord, b: ComparableWord): PairMethod | undefined {
  const isEqual = a.folded[0] === b.folded[0] || a.key[0] === b.key[0]
  return isEqual ? 'initial' : undefined
}

function isShortFor(short: ComparableWord, long: ComparableWord): boolean {
  return short.longKeys.includes(long.key) || (short.hasStop && isAbbreviationOf(short.folded, long.folded))
}

const standsFor = (nickname: NameWord, full: NameWord): boolean => nickname.formalKeys.includes(full.key)

function shareFormal(a: NameWord, b: NameWord): boolean {
  return a.formalKeys.some((formal) => b.formalKeys.includes(formal))
}

/** Both are names of people, so that neither is the other one misspelt: Edwin and Erwin, Moreno and Morales. */
function areTwoNames(a: NameWord, b: NameWord): boolean {
  return (a.isGiven || a.isSurname) && (b.isGiven || b.isSurname)
}

/** Julio and Julia, Gabriel and Gabriela: another person, not a slip. */
function differByGender(a: ComparableWord, b: ComparableWord): boolean {
  if (!a.mayBeGiven || !b.mayBeGiven) return false
  const stem = (word: string): string => word.replace(/[aeo]$/, '')
  return a.folded !== b.folded && stem(a.folded) === stem(b.folded) && a.folded.endsWith('a') !== b.folded.endsWith('a')
}

function isTypo(a: ComparableWord, b: ComparableWord, isSameBirthDate: boolean): boolean {
  const isOneKnown = a.isGiven || a.isSurname || b.isGiven || b.isSurname
  const isSlip = (left: string, right: string): boolean => {
    const shortest = Math.min(left.length, right.length)
    const slip = shortest >= TYPO_LENGTH - 1 ? singleSlip(left, right) : undefined
    if (slip === undefined || slip === 'transposition') return slip !== undefined
    if (shortest < TYPO_LENGTH) return isOneKnown && slip !== 'substitution' // Prez for Pérez
    return slip !== 'substitution' || isSameBirthDate || shortest >= LONG || isLikelySubstitution(left, right)
  }
  return isSlip(a.folded, b.folded) || isSlip(a.key, b.key) || isHardCh(a.key, b.key)
}

/** `ch` stands for the sound of `qu` in some languages: Ixchel, Ixquel. */
function isHardCh(a: string, b: string): boolean {
  return a.length === b.length && a.length >= TYPO_LENGTH && a.replaceAll('ç', 'k') === b.replaceAll('ç', 'k')
}
