import type { AlignableWord } from './align-words.ts'
import { compareWords, METHOD_COSTS } from './compare-words.ts'

/** A different word of the rows, with the rows it stands in. */
interface IndexedWord<Word> {
  readonly word: Word
  readonly rows: number[]
}

/** How much a pair of words can weigh at most, before what its method costs. */
type Rarity<Word> = (query: Word, indexed: Word) => number

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
  readonly #joined = new Map<string, { readonly row: number; readonly words: readonly Word[] }[]>()
  #rowCount = 0
  #weights = new Int32Array(1024)

  constructor(rarity: Rarity<Word>) {
    this.#rarity = rarity
  }

  add(words: readonly Word[]): number {
    const row = this.#rowCount++
    for (const word of words) {
      const indexed = this.#indexed(word)
      if (indexed.rows.at(-1) !== row) indexed.rows.push(row)
    }
    for (const [spelling, joined] of joinedSpellings(words)) push(this.#joined, spelling, { row, words: joined })
    return row
  }

  /**
   * @param isLenient As if birth dates were equal: see `compareWords`.
   * @param found Called once for each row that shares a word.
   */
  search(words: readonly Word[], isLenient: boolean, found: (row: number, weight: number) => void): void {
    if (this.#weights.length < this.#rowCount) this.#weights = new Int32Array(this.#rowCount * 2)
    const weights = this.#weights
    const touched: number[] = []
    const add = (row: number, weight: number): void => {
      if (weights[row] === 0) touched.push(row)
      weights[row] = (weights[row] ?? 0) + weight
    }
    for (const word of words) {
      for (const { word: other, rows } of this.#partners(word)) {
        const weight = this.#weight(word, other, isLenient)
        if (weight > 0) for (const row of rows) add(row, weight)
      }
      for (const { row, words: others } of this.#joined.get(word.folded) ?? []) add(row, this.#sum([word], others))
    }
    for (const [spelling, joined] of joinedSpellings(words)) {
      for (const row of this.#words.get(nameOf({ folded: spelling }))?.rows ?? []) add(row, this.#most(joined))
      for (const { row } of this.#joined.get(spelling) ?? []) add(row, this.#most(joined))
    }
    for (const row of touched) {
      found(row, weights[row] ?? 0)
      weights[row] = 0
    }
  }

  #indexed(word: Word): IndexedWord<Word> {
    const name = nameOf(word)
    const known = this.#words.get(name)
    if (known !== undefined) return known
    const indexed: IndexedWord<Word> = { word, rows: [] }
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

  #weight(word: Word, other: Word, isLenient: boolean): number {
    const [a, b] = [
      { ...word, mayBeGiven: true },
      { ...other, mayBeGiven: true },
    ]
    const method =
      compareWords(a, b, isLenient) ?? compareWords({ ...a, mayBeGiven: false }, { ...b, mayBeGiven: false }, isLenient)
    if (method === undefined || method === 'initial') return method === undefined ? 0 : 1
    return Math.max(1, this.#rarity(word, other) - METHOD_COSTS[method])
  }

  #sum(words: readonly Word[], others: readonly Word[]): number {
    return Math.min(this.#most(words), this.#most(others))
  }

  #most(words: readonly Word[]): number {
    return words.reduce((sum, word) => sum + this.#rarity(word, word), 0)
  }
}

const nameOf = (word: { readonly folded: string; readonly hasStop?: boolean; readonly isInitial?: boolean }): string =>
  `${word.folded}${word.hasStop ? '.' : ''}${word.isInitial ? '-' : ''}`

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** Two words that can be the same share one of these. */
function keysOf(word: AlignableWord): ReadonlySet<string> {
  if (word.isInitial) return new Set()
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

function* joinedSpellings<Word extends AlignableWord>(
  words: readonly Word[],
): Iterable<readonly [spelling: string, words: readonly Word[]]> {
  for (const [index, word] of words.entries()) {
    if (word.isInitial) continue
    if (word.joined !== word.folded) yield [word.joined, [word]]
    const next = words[index + 1]
    if (next === undefined || next.isInitial) continue
    const spellings = new Set([word.folded + next.folded, word.joined + next.joined, word.folded + next.joined])
    for (const spelling of spellings) yield [spelling, [word, next]]
  }
}
