/** Whom a question or a list entry is about. */
export interface ScreeningSubject {
  readonly name: string
  /** Other names; one of a single word is weak and never enough alone. */
  readonly aliases?: readonly string[]
  /** Birth date as far as it is known: `1975-02-11`, `1975-02` or `1975`. */
  readonly dob?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** Type and number: `GT_CUI:2540123450101`. Numbers of one type are compared, others say nothing. */
  readonly ids?: readonly string[]
  /** Told from the words of the name where it is not given. */
  readonly kind?: SubjectKind
}

export type SubjectKind = 'person' | 'organisation'

/** How two words were made equal. */
export type PairMethod =
  | 'exact'
  | 'phonetic'
  | 'transliteration'
  | 'nickname'
  | 'abbreviation'
  | 'initial'
  | 'joined'
  | 'typo'

/** Two words, one of each side, that are taken for the same. */
export interface WordPair {
  readonly query: string
  readonly entry: string
  readonly part: 'given' | 'surname' | 'either' | 'business'
  readonly method: PairMethod
  /** What the pair says for one person: the rarity of the word less what the method costs. */
  readonly weight: number
}

/** A word of one side without partner. */
export interface UnpairedWord {
  readonly text: string
  readonly part: 'given' | 'surname' | 'married' | 'business'
  readonly weight: number
}

/** What speaks for or against besides the pairs. Texts: `SCREENING_REASONS`. */
export type ReasonCode =
  | 'id_equal'
  | 'id_different'
  | 'id_different_birth_date_near'
  | 'id_different_birth_date_equal'
  | 'birth_date_equal'
  | 'birth_date_near'
  | 'birth_date_different'
  | 'country_equal'
  | 'country_different'
  | 'kind_different'
  | 'complete'
  | 'complete_but_married'
  | 'married_names_differ'
  | 'single_word'
  | 'only_initials'
  | 'no_given_name'
  | 'no_surname'
  | 'given_conflict'
  | 'surname_conflict'
  | 'place_conflict'
  | 'mixed_leftovers'
  | 'generation_conflict'
  | 'given_missing'
  | 'surname_missing'
  | 'first_surname_missing'
  | 'surnames_swapped'
  | 'alias_equal'
  | 'same_business_name'
  | 'nothing_distinctive'
  | 'distinctive_conflict'
  | 'distinctive_missing'
  | 'trade_conflict'
  | 'number_conflict'

export interface Reason {
  readonly code: ReasonCode
  readonly weight: number
}

/** Every pair of words, what stayed without partner, and what else was weighed: the sum is `total`. */
export interface Explanation {
  /** The rules that were used: a decision is replayed with them. */
  readonly algorithm: string
  readonly kind: SubjectKind
  /** The names of both sides that came closest. */
  readonly compared: { readonly query: string; readonly entry: string }
  readonly pairs: readonly WordPair[]
  readonly unpaired: { readonly query: readonly UnpairedWord[]; readonly entry: readonly UnpairedWord[] }
  readonly reasons: readonly Reason[]
  readonly total: number
  /** A match from this total on. */
  readonly threshold: number
}

export interface ScreeningAnswer {
  /** 0 to 1; a match from 0.5 on. */
  readonly score: number
  /** A person must look at it. Nobody is refused by a score. */
  readonly match: boolean
  readonly explanation: Explanation
}
