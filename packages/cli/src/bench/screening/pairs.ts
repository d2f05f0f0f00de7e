import { SeededRandom } from '@pisto/testkit'
import { FACT_RULES } from './fact-rules.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { PERSON_RULES } from './pair-rules.ts'

/** The kinds, each with its rule. */
export const PAIR_RULES = { ...PERSON_RULES, ...FACT_RULES }

/**
 * Labelled pairs by rules: as many of each kind.
 *
 * @param count In all.
 */
export function generatePairs(count: number, seed: number): readonly LabelledPair[] {
  const random = new SeededRandom(seed)
  const rules = Object.entries(PAIR_RULES)
  const pairs: LabelledPair[] = []
  while (pairs.length < count) {
    const [kind, rule] = rules[pairs.length % rules.length] ?? []
    const made = rule?.(random)
    if (kind !== undefined && made !== undefined) pairs.push({ kind, ...made })
  }
  return pairs
}
