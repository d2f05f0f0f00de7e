import type { PersonName, PersonNameToken } from '../people/person-name.ts'
import { type Alignment, alignWords } from './align-words.ts'
import { METHOD_COSTS } from './compare-words.ts'
import type { Reason, ReasonCode, UnpairedWord, WordPair } from './subject.ts'
import { REASON_WEIGHTS } from './weights.ts'

/** What two names say about whether they are one person's. */
export interface NameEvidence {
  readonly pairs: readonly WordPair[]
  readonly unpaired: { readonly query: readonly UnpairedWord[]; readonly entry: readonly UnpairedWord[] }
  readonly reasons: readonly Reason[]
}

/** A word of a person's name, ready to be compared. */
export type PersonWord = PersonNameToken
type Word = PersonWord

type PersonWords = readonly Word[]

/** Names compared as people's: given names and surnames, in any order. */
export function comparePersonNames(
  { tokens: query, generation: queryGeneration }: PersonName,
  { tokens: entry, generation: entryGeneration }: PersonName,
  isSameBirthDate: boolean,
): NameEvidence {
  const alignments = alignWords(query, entry, isSameBirthDate, {
    mayPair: () => true,
    distance: (a, b) => (partOf(a, b) === undefined ? 2 : a.part === b.part ? 0 : 1),
  })
  const pairs = alignments.map((alignment) => pairOf(alignment, query, entry))
  const left = unpairedOf(query, alignments, 'query')
  const right = unpairedOf(entry, alignments, 'entry')
  const codes = [
    ...identityReasons(query, entry, pairs, alignments),
    ...leftoverReasons(left, right),
    ...orderReasons(query, entry, alignments),
    ...(differ(queryGeneration, entryGeneration) ? (['generation_conflict'] as const) : []),
  ]
  return {
    pairs,
    unpaired: { query: left.map(unpairedWord), entry: right.map(unpairedWord) },
    reasons: codes.map((code) => ({ code, weight: REASON_WEIGHTS[code] })),
  }
}

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

/** What the two are as a pair; undefined when one can only be a given name and the other only a surname. */
function partOf(a: Word, b: Word): 'given' | 'surname' | 'either' | undefined {
  const [left, right] = [plainPart(a), plainPart(b)]
  if (left === right) return left
  if (a.isCertain && b.isCertain) return undefined
  if (a.isCertain) return left
  if (b.isCertain) return right
  const [one, other] = [known(a), known(b)]
  if (one !== undefined && other !== undefined && one !== other) return 'either'
  return one ?? other ?? 'either'
}

/** What a word is as a rule, where it is not both or neither; an initial is neither. */
const known = ({ isGiven, isSurname }: Word): 'given' | 'surname' | undefined =>
  isGiven === isSurname ? undefined : isGiven ? 'given' : 'surname'

const plainPart = ({ part }: Word): 'given' | 'surname' => (part === 'given' ? 'given' : 'surname')

function pairOf({ method, query, entry }: Alignment, left: PersonWords, right: PersonWords): WordPair {
  const [a, b] = [pick(left, query), pick(right, entry)]
  const [first, second] = [a[0], b[0]]
  const part = first && second ? (partOf(first, second) ?? 'either') : 'either'
  const rarity = Math.min(weightOf(a, part), weightOf(b, part))
  const weight = method === 'initial' ? 1 : Math.max(1, rarity - METHOD_COSTS[method])
  return { query: textOf(a), entry: textOf(b), part, method, weight }
}

const pick = (words: PersonWords, indexes: readonly number[]): PersonWords =>
  indexes.map((index) => words[index]).filter((word) => word !== undefined)

const textOf = (words: PersonWords): string => words.map(({ text }) => text).join(' ')

function weightOf(words: PersonWords, part: 'given' | 'surname' | 'either'): number {
  const one = ({ givenWeight, surnameWeight }: Word): number => {
    if (part === 'either') return Math.min(givenWeight, surnameWeight)
    return part === 'given' ? givenWeight : surnameWeight
  }
  return words.reduce((sum, word) => sum + one(word), 0)
}

interface Leftover {
  readonly word: Word
  /** First surname of its name. */
  readonly isFirstSurname: boolean
  /** How many words with partners stand before it: what stands in the same place of both names is an exchange. */
  readonly place: number
}

function unpairedOf(
  words: PersonWords,
  alignments: readonly Alignment[],
  side: 'query' | 'entry',
): readonly Leftover[] {
  const paired = new Set(alignments.flatMap((alignment) => alignment[side]))
  let place = 0
  const leftovers: Leftover[] = []
  const firstSurname = words.findIndex(({ part }) => part === 'surname')
  words.forEach((word, index) => {
    if (paired.has(index)) place++
    else leftovers.push({ word, isFirstSurname: index === firstSurname, place })
  })
  return leftovers
}

function unpairedWord({ word }: Leftover): UnpairedWord {
  const { text, part, givenWeight, surnameWeight } = word
  return { text, part, weight: part === 'given' ? givenWeight : surnameWeight }
}

/** A person is known by a given name and a surname. */
function identityReasons(
  query: PersonWords,
  entry: PersonWords,
  pairs: readonly WordPair[],
  alignments: readonly Alignment[],
): readonly ReasonCode[] {
  const words = Math.min(query.length, entry.length)
  const isWhole = alignments.flatMap((alignment) => alignment.query).length === query.length
  const isComplete = isWhole && alignments.flatMap((alignment) => alignment.entry).length === entry.length
  if ((words < 2 && !isComplete) || pairs.length === 0) return ['single_word']
  if (pairs.length > 0 && pairs.every(({ method }) => method === 'initial')) return ['only_initials']
  if (isComplete) return ['complete']
  const count = (part: WordPair['part']): number => pairs.filter((pair) => pair.part === part).length
  const either = count('either')
  if (count('given') === 0 && either === 0) return ['no_given_name']
  if (count('surname') === 0 && (either === 0 || (count('given') === 0 && either < 2))) return ['no_surname']
  return []
}

function leftoverReasons(query: readonly Leftover[], entry: readonly Leftover[]): readonly ReasonCode[] {
  const [left, right] = [query.filter(isOwn), entry.filter(isOwn)]
  if (left.length === 0 && right.length === 0) {
    if (isMarried(query) && isMarried(entry)) return ['married_names_differ']
    return query.length + entry.length > 0 ? ['complete_but_married'] : []
  }
  const surnames = [left, right].map((side) => side.filter(({ word }) => word.part === 'surname'))
  const givens = [left, right].map((side) => side.filter(({ word }) => word.part === 'given'))
  const isBoth = (sides: readonly (readonly Leftover[])[]): boolean => sides.every((side) => side.length > 0)
  if (isBoth(surnames)) return ['surname_conflict']
  if (isBoth(givens)) return ['given_conflict']
  if (left.some((a) => right.some((b) => a.place === b.place))) return ['place_conflict']
  const both = [...left, ...right]
  return [
    ...(left.length > 0 && right.length > 0 ? (['mixed_leftovers'] as const) : []),
    ...both.map(({ word, isFirstSurname }): ReasonCode => {
      if (word.part === 'given') return 'given_missing'
      return isFirstSurname ? 'first_surname_missing' : 'surname_missing'
    }),
  ]
}

const isMarried = (side: readonly Leftover[]): boolean => side.some(({ word }) => word.part === 'married')

/** An initial without partner may stand for anything; a married name comes and goes. */
const isOwn = ({ word }: Leftover): boolean => word.part !== 'married' && !word.isInitial

function orderReasons(query: PersonWords, entry: PersonWords, alignments: readonly Alignment[]): readonly ReasonCode[] {
  const surnames = alignments
    .filter(({ query: [i = 0], entry: [j = 0] }) => query[i]?.part === 'surname' && entry[j]?.part === 'surname')
    .toSorted((a, b) => (a.query[0] ?? 0) - (b.query[0] ?? 0))
  const isSwapped = surnames.some(({ entry: [j = 0] }, at) => at > 0 && j < (surnames[at - 1]?.entry[0] ?? 0))
  return isSwapped ? ['surnames_swapped'] : []
}
