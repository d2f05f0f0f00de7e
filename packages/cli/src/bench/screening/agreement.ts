import { screen } from '@pisto/identity/screening'
import distance from 'jaro-winkler'
import type { LabelledPair } from './labelled-pair.ts'

/** How decisions agree with labels. */
export interface Agreement {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Matches that are none, and matches that were missed. */
  readonly falsePositives: number
  readonly falseNegatives: number
}

export function agreementOf(pairs: readonly LabelledPair[], decide: (pair: LabelledPair) => boolean): Agreement {
  let [found, falsePositives, falseNegatives] = [0, 0, 0]
  for (const pair of pairs) {
    const isMatch = decide(pair)
    if (isMatch && pair.match) found++
    else if (isMatch) falsePositives++
    else if (pair.match) falseNegatives++
  }
  const precision = share(found, found + falsePositives)
  const recall = share(found, found + falseNegatives)
  return {
    precision,
    recall,
    f1: share(2 * found, 2 * found + falsePositives + falseNegatives),
    falsePositives,
    falseNegatives,
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000)

export const decideByScreening = ({ query, entry }: LabelledPair): boolean => screen(query, entry).match

/** Names as one text, or their words in the order of the alphabet. */
export const JARO_WINKLER = {
  whole: (name: string): string => plain(name),
  sorted: (name: string): string =>
    plain(name)
      .split(/[\s,]+/)
      .sort()
      .join(' '),
} as const

const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Jaro-Winkler at the threshold that does best on these very pairs: more than anybody could know beforehand. */
export function bestJaroWinkler(
  pairs: readonly LabelledPair[],
  form: (name: string) => string,
): Agreement & { readonly threshold: number } {
  const likeness = new Map(pairs.map((pair) => [pair, distance(form(pair.query.name), form(pair.entry.name))]))
  const tried = Array.from({ length: 50 }, (_, step) => {
    const threshold = (50 + step) / 100
    return { threshold, ...agreementOf(pairs, (pair) => (likeness.get(pair) ?? 0) >= threshold) }
  })
  return tried.reduce((best, next) => (next.f1 > best.f1 ? next : best))
}
