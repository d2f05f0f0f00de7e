import type { AlignableWord } from './align-words.ts'
import { readIdNumber } from './id-numbers.ts'
import type { BusinessWord } from './organisation.ts'
import { type PreparedSubject, prepareAsked, prepareSubject } from './screen.ts'
import type { ScreeningSubject, SubjectKind } from './subject.ts'
import { MATCH_THRESHOLD, REASON_WEIGHTS } from './weights.ts'
import { joinedSpellings, keysOf, nameOf } from './word-index.ts'

/**
 * Keys by which somebody is found again when a list changes, without keeping the name: hashed with a secret they tell
 * nothing. A match shares at least two words with its entry, or one with an initial, and what they weigh together must
 * reach the threshold; an equal id is enough.
 */
export interface KeyedWord {
  /** What its best pair can weigh at most. */
  readonly weight: number
  /** How many words it stands for. */
  readonly count: number
  /** Words of one name have the same keys, whoever bears them. */
  readonly name: string
  readonly keys: () => readonly string[]
}

/** The keys of one subject. */
export interface KeyedSubject {
  readonly kind: SubjectKind
  readonly words: readonly KeyedWord[]
}

/** The keys that are asked for an entry. */
export interface AskedKeys {
  readonly kind: SubjectKind
  readonly keys: ReadonlySet<string>
}

/** Weighs more than any threshold: an equal id decides. */
const ID_WEIGHT = 255

/** What is kept of a person. @param subject Its kind is given. */
export function keptKeys(subject: ScreeningSubject): KeyedSubject {
  const prepared = prepareAsked(subject)
  const { kind } = prepared
  return { kind, words: [...namesOf(prepared).flatMap((words) => keyedWords(words, kind)), ...keyedIds(subject)] }
}

/** What is asked for an entry: some keys are looked for only. @returns Undefined: its kind is not certain, ask everybody. */
export function askedKeys(entry: ScreeningSubject): AskedKeys | undefined {
  if (entry.kind === undefined) return undefined
  const prepared = prepareSubject(entry)
  const words = namesOf(prepared).flatMap((name) => [
    ...name.flatMap((word) => [...keysOf(word), `&${word.folded}`, ...lettersOf(word, '.', ':')]),
    ...joinedSpellings(name).map(([spelling]) => `&${spelling}`),
  ])
  return { kind: prepared.kind, keys: new Set([...words, ...keyedIds(entry).map(({ name }) => name)]) }
}

function keyedWords(words: readonly WeighedWord[], kind: SubjectKind): KeyedWord[] {
  const single = words.map(
    (word): KeyedWord => ({
      weight: weightOf(word, kind),
      count: 1,
      ...keptOf(word),
    }),
  )
  const joined = joinedSpellings(words).map(([spelling, parts]): KeyedWord => {
    const weight = parts.reduce((sum, part) => sum + weightOf(part, kind), 0)
    return { weight, count: Math.max(2, parts.length), ...oneKey(`&${spelling}`) }
  })
  return [...single, ...joined]
}

/** A number is the same only as it is written. */
function keptOf(word: WeighedWord): Pick<KeyedWord, 'name' | 'keys'> {
  const whole = `&${word.folded}`
  if (word.role === 'number') return oneKey(whole)
  return { name: nameOf(word), keys: () => [...keysOf(word), whole, ...lettersOf(word, ':', '.')] }
}

const oneKey = (key: string): Pick<KeyedWord, 'name' | 'keys'> => ({ name: key, keys: () => [key] })

/** Marks by which initials find words, and words initials. */
function lettersOf(word: WeighedWord, always: string, abbreviated: string): readonly string[] {
  const letters = [...new Set([word.folded[0] ?? '', word.key[0] ?? ''])]
  const marks = word.isInitial || word.hasStop ? [always, abbreviated] : [always]
  return letters.flatMap((letter) => marks.map((mark) => mark + letter))
}

const keyedIds = ({ ids = [] }: ScreeningSubject): KeyedWord[] =>
  ids.flatMap((id) => {
    const read = readIdNumber(id)
    if (read === undefined) return []
    return [{ weight: ID_WEIGHT, count: 2, ...oneKey(`#${read.type}:${read.number}`) }]
  })

type WeighedWord = AlignableWord & { readonly weight?: number; readonly role?: BusinessWord['role'] }

function weightOf(word: WeighedWord, kind: SubjectKind): number {
  if (word.isInitial) return 1
  return kind === 'organisation' ? (word.weight ?? 0) : Math.max(word.givenWeight, word.surnameWeight)
}

const namesOf = ({ kind, names }: PreparedSubject): readonly (readonly WeighedWord[])[] =>
  names.map(({ person, business }) => (kind === 'organisation' ? business.words : person.tokens))

const BESIDES = {
  person: REASON_WEIGHTS.complete + REASON_WEIGHTS.country_equal + REASON_WEIGHTS.alias_equal,
  organisation: REASON_WEIGHTS.same_business_name + REASON_WEIGHTS.country_equal,
} as const
const LEAST = { person: 2, organisation: 1 } as const

/** What words in common, of one entry, come to. */
export interface Shared {
  readonly kind: SubjectKind
  readonly weight: number
  readonly count: number
  /** Of the entry. */
  readonly hasBirthDate: boolean
}

/** Could it be a match? Never false for one. */
export const mayMatch = ({ kind, weight, count, hasBirthDate }: Shared): boolean =>
  count >= LEAST[kind] &&
  weight + BESIDES[kind] + (hasBirthDate ? REASON_WEIGHTS.birth_date_equal : 0) >= MATCH_THRESHOLD
