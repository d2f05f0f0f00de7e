import { type PartialDate, readBirthDate, relateBirthDates } from './birth-dates.ts'
import { readIdNumber } from './id-numbers.ts'
import type { BusinessWord } from './organisation.ts'
import type { PersonWord } from './person.ts'
import { type PreparedName, type PreparedSubject, prepareAsked, prepareSubject, screenPrepared } from './screen.ts'
import type { ScreeningAnswer, ScreeningSubject, SubjectKind } from './subject.ts'
import { MATCH_THRESHOLD, REASON_WEIGHTS } from './weights.ts'
import { WordIndex } from './word-index.ts'

/** An entry that a question matches. */
export interface ScreeningHit<Entry extends ScreeningSubject> {
  readonly entry: Entry
  readonly answer: ScreeningAnswer
}

/** Entries kept taken apart. */
const PREPARED_MAX = 20_000

/**
 * A list, ready to be asked: finds the same entries with the same answers as `screen` with each of them, without
 * comparing most of them. Entries are found by the keys of their words; of those found, only the ones whose shared words could
 * weigh enough are compared.
 */
export class ScreeningIndex<Entry extends ScreeningSubject = ScreeningSubject> {
  readonly #entries: Entry[] = []
  readonly #kinds: SubjectKind[] = []
  readonly #births: (PartialDate | undefined)[] = []
  readonly #byId = new Map<string, number[]>()
  /** People, by their words as people's names. */
  readonly #people = new Rows<PersonWord>(personRarity)
  /** Organisations, and people in case that a question is about an organisation, by their words as business names. */
  readonly #organisations = new Rows<BusinessWord>(businessRarity)
  readonly #peopleAsBusinesses = new Rows<BusinessWord>(businessRarity)
  readonly #prepared = new Map<number, PreparedSubject>()

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.add(entry)
  }

  get size(): number {
    return this.#entries.length
  }

  add(entry: Entry): void {
    const prepared = prepareSubject(entry)
    const number = this.#entries.push(entry) - 1
    this.#kinds.push(prepared.kind)
    const born = readBirthDate(entry.dob)
    this.#births.push(born)
    for (const id of entry.ids ?? []) this.#addId(id, number)
    const isPerson = prepared.kind === 'person'
    for (const name of prepared.names) {
      if (isPerson) this.#people.add(number, personOf(name), born)
      const businesses = isPerson ? this.#peopleAsBusinesses : this.#organisations
      businesses.add(number, name.business.words, born)
    }
  }

  /** The entries that match, best first. */
  search(query: ScreeningSubject): readonly ScreeningHit<Entry>[] {
    const prepared = prepareAsked(query)
    const hits: (ScreeningHit<Entry> & { readonly number: number })[] = []
    for (const number of this.#candidates(prepared)) {
      const entry = this.#entries[number]
      if (entry === undefined) continue
      const answer = screenPrepared(prepared, this.#entry(number, entry))
      if (answer.match) hits.push({ entry, answer, number })
    }
    hits.sort((a, b) => b.answer.score - a.answer.score || a.number - b.number)
    return hits.map(({ entry, answer }) => ({ entry, answer }))
  }

  #entry(number: number, entry: Entry): PreparedSubject {
    const known = this.#prepared.get(number)
    if (known !== undefined) return known
    if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear()
    const prepared = prepareSubject(entry, this.#kinds[number])
    this.#prepared.set(number, prepared)
    return prepared
  }

  #addId(id: string, number: number): void {
    const read = readIdNumber(id)
    if (read === undefined) return
    const key = `${read.type}:${read.number}`
    this.#byId.set(key, [...(this.#byId.get(key) ?? []), number])
  }

  #candidates(query: PreparedSubject): ReadonlySet<number> {
    const candidates = new Set<number>()
    for (const id of query.subject.ids ?? []) {
      const read = readIdNumber(id)
      for (const number of (read && this.#byId.get(`${read.type}:${read.number}`)) ?? []) candidates.add(number)
    }
    const { country } = query.subject
    const born = readBirthDate(query.subject.dob)
    const besides =
      (country === undefined ? 0 : REASON_WEIGHTS.country_equal) +
      (query.weakAliases.size > 0 ? REASON_WEIGHTS.alias_equal : 0)
    const search: Search = {
      born,
      mayMatch: (number, weight) => {
        const most = weight + besides
        if (most + (born === undefined ? 0 : REASON_WEIGHTS.birth_date_equal) < MATCH_THRESHOLD) return false
        return most + this.#birthDateWeight(born, number) >= MATCH_THRESHOLD
      },
      found: (number) => candidates.add(number),
    }
    for (const name of query.names) {
      if (query.kind === 'person') this.#people.search(personOf(name), AS_PEOPLE, search)
      else this.#peopleAsBusinesses.search(name.business.words, AS_BUSINESSES, search)
      if (!this.#organisations.isEmpty) this.#organisations.search(name.business.words, AS_BUSINESSES, search)
    }
    return candidates
  }

  #birthDateWeight(born: PartialDate | undefined, number: number): number {
    const relation = relateBirthDates(born, this.#births[number])
    return relation === 'unknown' ? 0 : REASON_WEIGHTS[`birth_date_${relation}`]
  }
}

const personOf = ({ person: { tokens } }: PreparedName): readonly PersonWord[] => tokens

function personRarity(a: PersonWord, b: PersonWord): number {
  return Math.max(Math.min(a.givenWeight, b.givenWeight), Math.min(a.surnameWeight, b.surnameWeight))
}

const businessRarity = (a: BusinessWord, b: BusinessWord): number => Math.min(a.weight, b.weight)

/** What else a comparison can add, or takes for sure. */
interface Terms {
  readonly complete: number
  /** When each side has a word left. */
  readonly bothLack: number
  /** Words that must have partners, unless the names are complete. */
  readonly least: number
}

const AS_PEOPLE: Terms = { complete: REASON_WEIGHTS.complete, bothLack: REASON_WEIGHTS.mixed_leftovers, least: 2 }
const AS_BUSINESSES: Terms = { complete: REASON_WEIGHTS.same_business_name, bothLack: 0, least: 1 }

/** What is asked of the rows. */
interface Search {
  /** Of whom the question is about. */
  readonly born: PartialDate | undefined
  /** Whether an entry can be a match, when words and what else is known of them weigh so much at most. */
  mayMatch(entry: number, weight: number): boolean
  /** May be called more than once for an entry with several names. */
  found(entry: number): void
}

/** Words of these parts are in conflict when each side has one without partner. */
const PARTS = ['given', 'surname'] as const

const isOf = (word: PersonWord | BusinessWord, part: (typeof PARTS)[number]): boolean =>
  'part' in word && word.part === part && !word.isInitial

/** Names of entries, with what they can reach at most. */
class Rows<Word extends PersonWord | BusinessWord> {
  readonly #index: WordIndex<Word>
  /** Of each row: the number of its entry, words that need a partner for the names to be complete, and initials. */
  readonly #entries: number[] = []
  readonly #own: number[] = []
  readonly #initials: number[] = []
  /** Of each row, by part: a bit for each place of such a word. */
  readonly #places: readonly number[][] = PARTS.map(() => [])

  constructor(rarity: (a: Word, b: Word) => number) {
    this.#index = new WordIndex(rarity)
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  add(entry: number, words: readonly Word[], born: PartialDate | undefined): void {
    this.#index.add(words, born)
    this.#entries.push(entry)
    this.#own.push(countOwn(words))
    this.#initials.push(countInitials(words))
    PARTS.forEach((part, index) => {
      const bits = words.slice(0, 30).reduce((sum, word, i) => (isOf(word, part) ? sum | (1 << i) : sum), 0)
      this.#places[index]?.push(bits)
    })
  }

  search(words: readonly Word[], terms: Terms, { born, mayMatch, found }: Search): void {
    const initials = countInitials(words)
    const own = countOwn(words)
    const [entries, owns, theirInitials] = [this.#entries, this.#own, this.#initials]
    const marks = PARTS.map((part) => words.reduce((bits, word, i) => (isOf(word, part) ? bits | (1 << i) : bits), 0))
    const mayTell = initials === 0 && words.length < 31
    this.#index.search(words, born, (row, weight, count, isJoined, paired) => {
      const theirs = owns[row] ?? 0
      const mayBeWhole = count + initials >= own
      const mayBeComplete = mayBeWhole && (isJoined || theirs <= count + initials)
      if (count + initials + (isJoined || theirInitials[row] !== 0 ? 1 : 0) < terms.least && !mayBeComplete) return
      const bothLack = !mayBeWhole && !isJoined && count + initials < theirs
      const entry = entries[row] ?? 0
      const more = initials + (mayBeComplete ? terms.complete : bothLack ? terms.bothLack : 0)
      if (!mayMatch(entry, weight + more)) return
      const isConflict = mayTell && !isJoined && this.#isConflict(row, marks, paired)
      if (!isConflict || mayMatch(entry, weight + REASON_WEIGHTS.surname_conflict)) found(entry)
    })
  }

  /** Whether each side surely has a surname without partner, or each a given name. */
  #isConflict(row: number, marks: readonly number[], paired: number): boolean {
    return PARTS.some((_, part) => {
      if (((marks[part] ?? 0) & ~paired) === 0) return false
      const places = this.#places[part]?.[row] ?? 0
      for (let place = 0; places >> place !== 0; place++)
        if (((places >> place) & 1) === 1 && !this.#index.mayBePaired(row, place)) return true
      return false
    })
  }
}

const countInitials = (words: readonly (PersonWord | BusinessWord)[]): number =>
  words.filter(({ isInitial }) => isInitial).length

/** Initials and married names may go without partner. */
function countOwn(words: readonly (PersonWord | BusinessWord)[]): number {
  return words.filter((word) => !word.isInitial && !('part' in word && word.part === 'married')).length
}
