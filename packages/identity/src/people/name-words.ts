import { remembered } from '../remembered.ts'
import { fold } from './fold.ts'
import { NAME_ABBREVIATIONS } from './name-abbreviations.ts'
import { type NameRank, RANKED_NAMES } from './name-ranks.ts'
import { NICKNAMES } from './nicknames.ts'
import { phoneticKey, vowelKey, wideKey } from './phonetic-key.ts'

/** What is known of one word of a name, whoever bears it. */
export interface NameWord {
  readonly folded: string
  /** Sounds: see `phoneticKey`, `wideKey`, `vowelKey`. */
  readonly key: string
  readonly wide: string
  readonly vowels: string
  /** How much it says about a person who bears it, as given name and as surname: 4 (very common) to 12 (rare). */
  readonly givenWeight: number
  readonly surnameWeight: number
  readonly isGiven: boolean
  readonly isSurname: boolean
  /** Keys of the names that this pet name or diminutive stands for. */
  readonly formalKeys: readonly string[]
  /** Keys of the names that this is an abbreviation of. */
  readonly longKeys: readonly string[]
}

/** Weights by rank: about the binary logarithm of how many people share one bearer's name. */
const WEIGHTS: Readonly<Record<NameRank, number>> = { top: 4, frequent: 6, familiar: 8, known: 10 }
/** Of a name in no table. */
export const RARE_WEIGHT = 12

const words = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => fold(name.replace(/^(De|Del)_/, '')))

function weightsOf(part: 'given' | 'surname'): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const row of RANKED_NAMES.filter((ranked) => ranked.part === part)) {
    for (const name of words(row.names)) {
      const key = phoneticKey(name)
      weights.set(key, Math.min(weights.get(key) ?? RARE_WEIGHT, WEIGHTS[row.rank]))
    }
  }
  return weights
}

const GIVEN = weightsOf('given')
const SURNAMES = weightsOf('surname')

function formalsByNickname(): ReadonlyMap<string, readonly string[]> {
  const formals = new Map<string, string[]>()
  for (const { names } of NICKNAMES) {
    for (const [nickname, full] of Object.entries(names)) {
      const keys = words(full).map((name) => phoneticKey(name.split('_')[0] ?? name))
      const known = formals.get(phoneticKey(fold(nickname))) ?? []
      formals.set(phoneticKey(fold(nickname)), [...known, ...keys])
    }
  }
  return formals
}

const FORMALS = formalsByNickname()

/** Words remembered at most, so that a stream of people needs bounded memory. */
const WORDS_MAX = 50_000

/** @param folded As `fold` gives it, without separators. */
export const nameWord: (folded: string) => NameWord = remembered((folded): NameWord => {
  const key = phoneticKey(folded)
  const wide = wideKey(folded)
  const formalKeys = formalNames(folded, key)
  const formalWeight = Math.min(...formalKeys.map((formal) => GIVEN.get(formal) ?? RARE_WEIGHT), RARE_WEIGHT)
  return {
    folded,
    key,
    wide,
    vowels: vowelKey(wide),
    givenWeight: Math.min(GIVEN.get(key) ?? RARE_WEIGHT, formalWeight),
    surnameWeight: SURNAMES.get(key) ?? RARE_WEIGHT,
    isGiven: GIVEN.has(key) || formalKeys.length > 0,
    isSurname: SURNAMES.has(key),
    formalKeys,
    longKeys: (NAME_ABBREVIATIONS.get(folded) ?? []).map(phoneticKey),
  }
}, WORDS_MAX)

const DIMINUTIVE = /^(.{2,}?)(?:c?it|sit)([ao])s?$/

/** From the table, or by the rule of diminutives: Juanita is Juana, Carlitos is Carlos, Carmencita is Carmen. */
function formalNames(folded: string, key: string): readonly string[] {
  const listed = FORMALS.get(key) ?? []
  const [, stem = '', ending = ''] = DIMINUTIVE.exec(folded) ?? []
  if (stem === '') return listed
  const soft = stem.replace(/qu$/, 'c').replace(/gu$/, 'g')
  const full = [soft + ending, soft, `${soft}${ending}s`, `${soft}es`, `${soft}ia`, `${soft}io`, `${soft}e`]
  return [...listed, ...full.map(phoneticKey).filter((formal) => GIVEN.has(formal) && formal !== key)]
}
