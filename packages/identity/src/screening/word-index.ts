import type { AlignableWord } from './align-words.ts'
import { type PartialDate, swappedYear, wholeDate } from './birth-dates.ts'
import { compareWords, METHOD_COSTS } from './compare-words.ts'

/** A different word of the rows, with the rows it stands in. */
interface IndexedWord<Word> {
  /** From 0. */
  readonly number: number
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
  /** Whether it is the word itself. */
  readonly isExact: boolean
  /** Number of the word that is the partner; undefined: several are. */
  readonly partner: number | undefined
}

/** Joined spellings, each with the row that it stands in, and what it can weigh at most. */
interface JoinedRows {
  readonly rows: number[]
  readonly weights: number[]
}

/** How much a pair of words can weigh at most, before what its method costs. */
type Rarity<Word> = (query: Word, indexed: Word) => number

/**
 * A row that shares words with a question.
 *
 * @param weight At most.
 * @param count How many words of the question may have a partner.
 * @param paired A bit for each of these words; meaningless where the question has more than 30.
 */
type FoundRow = (row: number, weight: number, count: number, isJoined: boolean, paired: number) => void

/** A word of a question, or several in one. */
interface Asked {
  /** From 1. */
  readonly number: number
  /** Words that it stands for. */
  readonly count: number
  /** Marks a row that has a partner of the word. */
  readonly bit: number
  /** Rows that have one of the words of these marks itself are no partners. */
  readonly without: number
}

/** What was found of each row, in arrays that are used again for every question. */
class FoundRows {
  readonly size: number
  readonly #weights: Int32Array
  readonly #counts: Uint16Array
  /** The last word of the question that led to each row. */
  readonly #last: Uint16Array
  readonly #isJoined: Uint8Array
  readonly #exact: Int32Array
  readonly #paired: Int32Array
  readonly #touched: Int32Array
  #touchedCount = 0

  constructor(size: number) {
    this.size = size
    this.#weights = new Int32Array(size)
    this.#counts = new Uint16Array(size)
    this.#last = new Uint16Array(size)
    this.#isJoined = new Uint8Array(size)
    this.#exact = new Int32Array(size)
    this.#paired = new Int32Array(size)
    this.#touched = new Int32Array(size)
  }

  /** The leads of one word come in the order of their weights: it has one partner, at most the first. */
  add(row: number, { weight, isJoined, isExact }: Lead, { number, count, bit, without }: Asked): void {
    if (((this.#exact[row] ?? 0) & without) !== 0) return
    if (isJoined) this.#isJoined[row] = 1
    if (isExact) this.#exact[row] = (this.#exact[row] ?? 0) | bit
    if (this.#last[row] === number) return
    if (this.#last[row] === 0) this.#touched[this.#touchedCount++] = row
    this.#last[row] = number
    this.#paired[row] = (this.#paired[row] ?? 0) | bit
    this.#weights[row] = (this.#weights[row] ?? 0) + weight
    this.#counts[row] = (this.#counts[row] ?? 0) + count
  }

  /** Tells of each row once, and begins anew. */
  take(found: FoundRow): void {
    for (let at = 0; at < this.#touchedCount; at++) {
      const row = this.#touched[at] ?? 0
      found(row, this.#weights[row] ?? 0, this.#counts[row] ?? 0, this.#isJoined[row] === 1, this.#paired[row] ?? 0)
      this.#weights[row] = this.#counts[row] = this.#last[row] = this.#isJoined[row] = this.#exact[row] = 0
      this.#paired[row] = 0
    }
    this.#touchedCount = 0
  }
}

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
  readonly #joined = new Map<string, JoinedRows>()
  readonly #leads = new Map<string, readonly Lead[]>()
  /** Of each row: year of birth and whole date, or 0. */
  readonly #years: number[] = []
  readonly #dates: number[] = []
  /** Of each row its words, one row after the other. */
  readonly #rowWords: number[] = []
  readonly #rowEnds: number[] = []
  #found = new FoundRows(0)
  /** Of each word the last question that it may be a partner in. */
  #partnerIn = new Int32Array(0)
  #question = 0

  constructor(rarity: Rarity<Word>) {
    this.#rarity = rarity
  }

  /** @param born Whose name it is. */
  add(words: readonly Word[], born: PartialDate | undefined): number {
    const row = this.#years.push(born?.year ?? 0) - 1
    this.#dates.push(wholeDate(born))
    if (this.#leads.size > 0) this.#leads.clear()
    for (const word of words) {
      const indexed = this.#indexed(word)
      if (indexed.rows.at(-1) !== row) indexed.rows.push(row)
      this.#rowWords.push(indexed.number)
    }
    this.#rowEnds.push(this.#rowWords.length)
    for (const [spelling, joined] of joinedSpellings(words)) {
      const known = this.#joined.get(spelling) ?? { rows: [], weights: [] }
      known.rows.push(row)
      known.weights.push(this.#most(joined))
      this.#joined.set(spelling, known)
    }
    return row
  }

  /**
   * Calls back once for each row that shares a word, and is not of somebody with another birth date.
   *
   * @param born Of whom the question is about.
   */
  search(words: readonly Word[], born: PartialDate | undefined, found: FoundRow): void {
    if (this.#found.size < this.#years.length) this.#found = new FoundRows(this.#years.length * 2)
    // Each word has one partner: where all words are different, one that stands in the row itself is not joined to others.
    const areDifferent = words.length < 31 && new Set(words.map(({ folded }) => folded)).size === words.length
    if (this.#partnerIn.length < this.#words.size) this.#partnerIn = new Int32Array(this.#words.size * 2)
    this.#question++
    words.forEach((word, index) => {
      const bit = 1 << index
      for (const lead of this.#leadsOf(word)) this.#follow(lead, born, { number: index + 1, count: 1, bit, without: 0 })
    })
    let number = words.length
    for (const [spelling, joined] of joinedSpellings(words)) {
      number++
      const without = areDifferent ? joined.reduce((bits, word) => bits | (1 << words.indexOf(word)), 0) : 0
      for (const lead of this.#joinedLeads(spelling, joined))
        this.#follow(lead, born, { number, count: joined.length, bit: 0, without })
    }
    this.#found.take(found)
  }

  /**
   * Whether a word of a row may have a partner in the last question, but for joined ones.
   *
   * @param place Of the word in the row as it was added.
   */
  mayBePaired(row: number, place: number): boolean {
    const word = this.#rowWords[(row === 0 ? 0 : (this.#rowEnds[row - 1] ?? 0)) + place] ?? 0
    return this.#partnerIn[word] === this.#question
  }

  #follow(lead: Lead, born: PartialDate | undefined, asked: Asked): void {
    const { rows, needsBirthDate, partner } = lead
    const [years, dates, found] = [this.#years, this.#dates, this.#found]
    const year = born?.year ?? 0
    const [least, most, swapped] = year === 0 ? [0, 10_000, 0] : [year - 1, year + 1, swappedYear(year)]
    const date = needsBirthDate ? wholeDate(born) : 0
    if (needsBirthDate && date === 0) return
    if (partner !== undefined) this.#partnerIn[partner] = this.#question
    for (const row of rows) {
      const theirs = years[row] ?? 0
      if (theirs !== 0 && (theirs < least || theirs > most) && theirs !== swapped) continue
      if (needsBirthDate && dates[row] !== date) continue
      found.add(row, lead, asked)
    }
  }

  #leadsOf(word: Word): readonly Lead[] {
    const name = nameOf(word)
    const known = this.#leads.get(name)
    if (known !== undefined) return known
    const leads: Lead[] = []
    for (const { word: other, rows, number: partner } of this.#partners(word)) {
      const strict = this.#weight(word, other, false)
      const weight = Math.max(strict, this.#weight(word, other, true))
      const isExact = !word.isInitial && !other.isInitial && word.folded === other.folded
      if (weight > 0) leads.push({ rows, weight, isJoined: false, needsBirthDate: strict === 0, isExact, partner })
    }
    const joined = this.#joined.get(word.folded)
    joined?.rows.forEach((row, index) => {
      const weight = joined.weights[index] ?? 0
      leads.push({ rows: [row], weight, isJoined: true, needsBirthDate: false, isExact: false, partner: undefined })
    })
    leads.sort((a, b) => b.weight - a.weight) // the best of a word is found first
    if (this.#leads.size >= LEADS_MAX) this.#leads.clear()
    this.#leads.set(name, leads)
    return leads
  }

  #joinedLeads(spelling: string, words: readonly Word[]): readonly Lead[] {
    const [whole, parts] = [this.#words.get(spelling), this.#joined.get(spelling)]
    if (whole === undefined && parts === undefined) return []
    const lead = {
      weight: this.#most(words),
      isJoined: true,
      needsBirthDate: false,
      isExact: false,
      partner: undefined,
    }
    return [
      ...(whole === undefined ? [] : [{ ...lead, rows: whole.rows }]),
      ...(parts === undefined ? [] : [{ ...lead, rows: parts.rows }]),
    ]
  }

  #indexed(word: Word): IndexedWord<Word> {
    const name = nameOf(word)
    const known = this.#words.get(name)
    if (known !== undefined) return known
    const indexed: IndexedWord<Word> = {
      number: this.#words.size,
      word: { ...word, mayBeGiven: true },
      rows: [],
    }
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
