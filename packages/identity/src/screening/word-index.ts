import type { AlignableWord } from './align-words.ts'
import { compareWords, METHOD_COSTS } from './compare-words.ts'

/** A different word of the rows, with the rows it stands in. */
interface IndexedWord<Word> {
  readonly word: Word
  readonly rows: number[]
}

/** Rows that a word of a question leads to. */
interface Lead {
  readonly rows: readonly number[]
  readonly weight: number
  /** Whether one side writes in one word what the other writes in several. */
  readonly isJoined: boolean
  /** Whether the words are the same only where birth dates are equal, too. */
  readonly needsBirthDate: boolean
}

/** How much a pair of words can weigh at most, before what its method costs. */
type Rarity<Word> = (query: Word, indexed: Word) => number

/**
 * A row that shares words with a question.
 *
 * @param weight At most.
 * @param count How many words of the question may have a partner.
 */
type FoundRow = (row: number, weight: number, count: number, isJoined: boolean) => void

/** Leads remembered at most. */
const LEADS_MAX = 20_000

/**
 * Finds the rows that share words with a name, equal by whatever method, with the most that the shared words can weigh.
 * Words lead to rows by keys: sounds, pet names, and for slips every word with one letter left out.
 *
 * Rows are numbered from 0 in the order in which they are added.
 */
export class WordIndex<Word extends AlignableWord> {
  readonly #rarity: Rarity<Word>
  readonly #words = new Map<string, IndexedWord<Word>>()
  readonly #byKey = new Map<string, IndexedWord<Word>[]>()
  readonly #byFirstLetter = new Map<string, IndexedWord<Word>[]>()
  readonly #abbreviations = new Map<string, IndexedWord<Word>[]>()
  /** Spellings of several words in one, and of words with their particles. */
  readonly #joined = new Map<string, { readonly row: number; readonly weight: number }[]>()
  readonly #leads = new Map<string, readonly Lead[]>()
  #rowCount = 0
  #weights = new Int32Array(0)
  #counts = new Int32Array(0)
  /** The last word of the question that led to each row, counted from 1. */
  #last = new Int32Array(0)
  #isJoined = new Uint8Array(0)

  constructor(rarity: Rarity<Word>) {
    this.#rarity = rarity
  }

  add(words: readonly Word[]): number {
    const row = this.#rowCount++
    this.#leads.clear()
    for (const word of words) {
      const indexed = this.#indexed(word)
      if (indexed.rows.at(-1) !== row) indexed.rows.push(row)
    }
    for (const [spelling, joined] of joinedSpellings(words))
      push(this.#joined, spelling, { row, weight: this.#most(joined) })
    return row
  }

  /**
   * Calls back once for each row that shares a word.
   *
   * @param isSameBirthDate Whether a row's birth date is that of the question.
   */
  search(words: readonly Word[], isSameBirthDate: (row: number) => boolean, found: FoundRow): void {
    this.#makeRoom()
    const touched: number[] = []
    const follow = ({ rows, weight, isJoined, needsBirthDate }: Lead, word: number, count: number): void => {
      for (const row of rows) {
        if (needsBirthDate && !isSameBirthDate(row)) continue
        if (this.#weights[row] === 0) touched.push(row)
        this.#weights[row] = (this.#weights[row] ?? 0) + weight
        if (isJoined) this.#isJoined[row] = 1
        if (this.#last[row] === word) continue
        this.#last[row] = word
        this.#counts[row] = (this.#counts[row] ?? 0) + count
      }
    }
    let word = 0
    for (const each of words) {
      word++
      for (const lead of this.#leadsOf(each)) follow(lead, word, 1)
    }
    for (const [spelling, joined] of joinedSpellings(words)) {
      word++
      for (const lead of this.#joinedLeads(spelling, joined)) follow(lead, word, joined.length)
    }
    for (const row of touched) {
      found(row, this.#weights[row] ?? 0, this.#counts[row] ?? 0, this.#isJoined[row] === 1)
      this.#weights[row] = this.#counts[row] = this.#last[row] = this.#isJoined[row] = 0
    }
  }

  #makeRoom(): void {
    if (this.#weights.length >= this.#rowCount) return
    const size = this.#rowCount * 2
    this.#weights = new Int32Array(size)
    this.#counts = new Int32Array(size)
    this.#last = new Int32Array(size)
    this.#isJoined = new Uint8Array(size)
  }

  #leadsOf(word: Word): readonly Lead[] {
    const name = nameOf(word)
    const known = this.#leads.get(name)
    if (known !== undefined) return known
    const leads: Lead[] = []
    for (const { word: other, rows } of this.#partners(word)) {
      const strict = this.#weight(word, other, false)
      const weight = Math.max(strict, this.#weight(word, other, true))
      if (weight > 0) leads.push({ rows, weight, isJoined: false, needsBirthDate: strict === 0 })
    }
    for (const { row, weight } of this.#joined.get(word.folded) ?? [])
      leads.push({ rows: [row], weight, isJoined: true, needsBirthDate: false })
    if (this.#leads.size >= LEADS_MAX) this.#leads.clear()
    this.#leads.set(name, leads)
    return leads
  }

  #joinedLeads(spelling: string, words: readonly Word[]): readonly Lead[] {
    const [whole, parts] = [this.#words.get(spelling), this.#joined.get(spelling)]
    if (whole === undefined && parts === undefined) return []
    const lead = { weight: this.#most(words), isJoined: true, needsBirthDate: false }
    return [
      ...(whole === undefined ? [] : [{ ...lead, rows: whole.rows }]),
      ...(parts === undefined ? [] : [{ ...lead, rows: parts.map(({ row }) => row) }]),
    ]
  }

  #indexed(word: Word): IndexedWord<Word> {
    const name = nameOf(word)
    const known = this.#words.get(name)
    if (known !== undefined) return known
    const indexed: IndexedWord<Word> = { word: { ...word, mayBeGiven: true }, rows: [] }
    this.#words.set(name, indexed)
    for (const key of keysOf(word)) push(this.#byKey, key, indexed)
    push(this.#byFirstLetter, word.folded[0] ?? '', indexed)
    if (word.isInitial || word.hasStop) push(this.#abbreviations, word.folded[0] ?? '', indexed)
    if (word.isInitial && word.key[0] !== word.folded[0]) push(this.#abbreviations, word.key[0] ?? '', indexed)
    return indexed
  }

  /** Words that may be the same: whether they are is asked of `compareWords`. */
  #partners(word: Word): Iterable<IndexedWord<Word>> {
    const partners = new Set<IndexedWord<Word>>()
    const addAll = (words: readonly IndexedWord<Word>[] | undefined): void => {
      for (const found of words ?? []) partners.add(found)
    }
    for (const key of keysOf(word)) addAll(this.#byKey.get(key))
    addAll(this.#abbreviations.get(word.folded[0] ?? ''))
    addAll(this.#abbreviations.get(word.key[0] ?? ''))
    if (word.hasStop && !word.isInitial) addAll(this.#byFirstLetter.get(word.folded[0] ?? ''))
    return partners
  }

  /** Never less than the comparison itself finds, whatever the parts of the words are. */
  #weight(word: Word, other: Word, isSameBirthDate: boolean): number {
    const compare = (mayBeGiven: boolean): ReturnType<typeof compareWords> =>
      compareWords({ ...word, mayBeGiven }, { ...other, mayBeGiven }, isSameBirthDate)
    const method = compare(true) ?? compare(false)
    if (method === undefined) return 0
    return method === 'initial' ? 1 : Math.max(1, this.#rarity(word, other) - METHOD_COSTS[method])
  }

  #most(words: readonly Word[]): number {
    return words.reduce((sum, word) => sum + this.#rarity(word, word), 0)
  }
}

export const nameOf = (word: {
  readonly folded: string
  readonly hasStop?: boolean
  readonly isInitial?: boolean
}): string => `${word.folded}${word.hasStop ? '.' : ''}${word.isInitial ? '-' : ''}`

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** Two words that can be the same share one of these. */
export function keysOf(word: AlignableWord): ReadonlySet<string> {
  if (word.isInitial) return new Set()
  if ('role' in word && word.role === 'number') return new Set([`=${word.key}`]) // the same only as it is written
  const formals = [word.key, ...word.formalKeys, ...word.longKeys].map((key) => `=${key}`)
  return new Set([
    ...formals,
    `~${word.wide}`,
    `^${word.vowels}`,
    ...shortened(word.folded, '-'),
    ...shortened(word.key, '+'),
  ])
}

/** A word and all that it can be with one letter less: words one slip apart share one of them (`singleSlip`). */
function shortened(word: string, mark: string): readonly string[] {
  if (word.length < 4) return []
  const all = [mark + word]
  for (let at = 0; at < word.length; at++) all.push(mark + word.slice(0, at) + word.slice(at + 1))
  return all
}

type Joined<Word> = readonly (readonly [spelling: string, words: readonly Word[]])[]

export function joinedSpellings<Word extends AlignableWord>(words: readonly Word[]): Joined<Word> {
  const found: (readonly [string, readonly Word[]])[] = []
  for (let at = 0; at < words.length; at++) {
    const [word, next] = [words[at], words[at + 1]]
    if (word === undefined || word.isInitial) continue
    if (word.joined !== word.folded) found.push([word.joined, [word]])
    if (next === undefined || next.isInitial) continue
    const both = [word, next]
    found.push([word.folded + next.folded, both])
    if (next.joined === next.folded) continue
    found.push([word.folded + next.joined, both])
    if (word.joined !== word.folded) found.push([word.joined + next.joined, both])
  }
  return found
}
