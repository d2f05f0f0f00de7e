import { type ComparableWord, compareWords, METHOD_COSTS } from './compare-words.ts'
import type { PairMethod } from './subject.ts'

/** A word that alignment may join with its neighbours. */
export interface AlignableWord extends ComparableWord {
  /** With its particles: `delacruz`. */
  readonly joined: string
}

/** Words of both sides that are taken for the same: one of each, or several that one side writes in one. */
export interface Alignment {
  readonly method: PairMethod
  readonly query: readonly number[]
  readonly entry: readonly number[]
}

interface Rating<Word> {
  /** Whether two words may be a pair at all. */
  mayPair(a: Word, b: Word): boolean
  /** Ties go to the pair with the smaller number: same part, near places. */
  distance(a: Word, b: Word): number
}

/**
 * Finds partners, whatever the order of the words: the surest pairs first, each word once.
 *
 * @param isSameBirthDate See `compareWords`.
 */
export function alignWords<Word extends AlignableWord>(
  query: readonly Word[],
  entry: readonly Word[],
  isSameBirthDate: boolean,
  { mayPair, distance }: Rating<Word>,
): readonly Alignment[] {
  const candidates: { i: number; j: number; method: PairMethod; order: number }[] = []
  query.forEach((a, i) => {
    entry.forEach((b, j) => {
      const method = mayPair(a, b) ? compareWords(a, b, isSameBirthDate) : undefined
      if (method === undefined) return
      const cost = method === 'initial' ? 9 : METHOD_COSTS[method]
      candidates.push({ i, j, method, order: cost * 1000 + distance(a, b) * 100 + Math.abs(i - j) })
    })
  })
  candidates.sort((a, b) => a.order - b.order || a.i - b.i || a.j - b.j)

  const [usedQuery, usedEntry] = [new Set<number>(), new Set<number>()]
  const found: Alignment[] = []
  const use = (method: PairMethod, i: readonly number[], j: readonly number[]): void => {
    for (const index of i) usedQuery.add(index)
    for (const index of j) usedEntry.add(index)
    found.push({ method, query: i, entry: j })
  }
  const sure = candidates.filter(({ method }) => method !== 'initial' && method !== 'typo')
  const unsure = candidates.filter(({ method }) => method === 'initial' || method === 'typo')
  for (const { i, j, method } of sure) if (!usedQuery.has(i) && !usedEntry.has(j)) use(method, [i], [j])
  for (const [i, j] of joins(query, entry, usedQuery, usedEntry)) use('joined', i, j)
  for (const { i, j, method } of unsure) if (!usedQuery.has(i) && !usedEntry.has(j)) use(method, [i], [j])
  return found
}

/** Words that one side writes as one, and the other as several: Juancarlos, Delosreyes. */
function joins<Word extends AlignableWord>(
  query: readonly Word[],
  entry: readonly Word[],
  usedQuery: ReadonlySet<number>,
  usedEntry: ReadonlySet<number>,
): readonly (readonly [query: readonly number[], entry: readonly number[]])[] {
  const left = free(query, usedQuery)
  const right = free(entry, usedEntry)
  if (left.length === 0 || right.length === 0) return []
  const pairs: (readonly [readonly number[], readonly number[]])[] = []
  const taken = [new Set<number>(), new Set<number>()] as const
  for (const a of left) {
    for (const b of right) {
      if (a.spelling !== b.spelling || (a.isPlain && b.isPlain)) continue
      if (a.indexes.some((i) => taken[0].has(i)) || b.indexes.some((j) => taken[1].has(j))) continue
      for (const i of a.indexes) taken[0].add(i)
      for (const j of b.indexes) taken[1].add(j)
      pairs.push([a.indexes, b.indexes])
    }
  }
  return pairs
}

interface Spelling {
  readonly spelling: string
  readonly indexes: readonly number[]
  /** One word without particles: already compared. */
  readonly isPlain: boolean
}

function free<Word extends AlignableWord>(words: readonly Word[], used: ReadonlySet<number>): readonly Spelling[] {
  return words.flatMap((word, index): Spelling[] => {
    if (used.has(index) || word.isInitial) return []
    const next = used.has(index + 1) ? undefined : words[index + 1]
    const alone = [
      { spelling: word.folded, indexes: [index], isPlain: true },
      ...(word.joined === word.folded ? [] : [{ spelling: word.joined, indexes: [index], isPlain: false }]),
    ]
    if (next === undefined || next.isInitial) return alone
    const together = [...new Set([word.folded + next.folded, word.joined + next.joined, word.folded + next.joined])]
    return [...alone, ...together.map((spelling) => ({ spelling, indexes: [index, index + 1], isPlain: false }))]
  })
}
