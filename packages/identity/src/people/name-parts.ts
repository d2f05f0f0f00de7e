import type { NameWord } from './name-words.ts'
import type { NamePart } from './person-name.ts'

/** Surnames that are written with `de`: after it they are nobody's husband's. */
const SURNAMES_WITH_DE = new Set('leon paz jesus dios santos la'.split(' '))

interface Word {
  readonly folded: string
  readonly isAfterDe: boolean
  readonly isWidow: boolean
  readonly isInitial: boolean
}

/** A lone `de` before the last word of three or more, which is no surname with `de` of its own. */
export function isMarriedName(words: readonly Word[], index: number): boolean {
  const word = words[index]
  if (word === undefined || !word.isAfterDe) return false
  return index === words.length - 1 && index >= 2 && !SURNAMES_WITH_DE.has(word.folded)
}

/**
 * The likely part of each word.
 *
 * @param words As written; given names first where a comma told them.
 * @param givenCount How many given names, where a comma told it.
 */
export function nameParts(words: readonly (Word & NameWord)[], givenCount?: number): readonly NamePart[] {
  if (givenCount !== undefined) {
    return words.map((word, index) => (index < givenCount ? 'given' : word.isWidow ? 'married' : 'surname'))
  }
  const own = words.filter(({ isWidow, isAfterDe }) => !isWidow && !isAfterDe)
  const isSurnameFirst = startsWithSurnames(own)
  const surnameCount = isSurnameFirst ? leadingSurnames(own) : trailingSurnames(own)
  return words.map((word): NamePart => {
    const index = own.indexOf(word)
    if (index < 0) return 'married'
    const isSurname = isSurnameFirst ? index < surnameCount : index >= own.length - surnameCount
    return isSurname ? 'surname' : 'given'
  })
}

/** `Escalante Pop Rigoberto`: ends with what can only be a given name, and does not begin with one. */
function startsWithSurnames(words: readonly NameWord[]): boolean {
  const [first, last] = [words[0], words.at(-1)]
  return first !== undefined && last !== undefined && !first.isGiven && isGivenOnly(last)
}

const isGivenOnly = (word: NameWord): boolean => word.isGiven && !word.isSurname

function leadingSurnames(words: readonly NameWord[]): number {
  const count = words.findIndex(isGivenOnly)
  return Math.min(count < 0 ? 1 : count, 2)
}

function trailingSurnames(words: readonly (Word & NameWord)[]): number {
  if (words.length < 2) return words[0] !== undefined && !words[0].isGiven ? words.length : 0
  if (words.length === 2) return 1
  const second = words[1]
  if (words.length === 3 && second !== undefined) {
    const isSecondGiven =
      second.isInitial || (second.isGiven && (!second.isSurname || second.givenWeight <= second.surnameWeight))
    return isSecondGiven ? 1 : 2
  }
  const beforeLast = words.at(-2)
  return beforeLast !== undefined && isGivenOnly(beforeLast) && beforeLast.givenWeight < 10 ? 1 : 2
}
