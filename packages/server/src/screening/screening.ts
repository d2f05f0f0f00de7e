import type { Consequence } from '@pisto/contract'
import type { KindName } from '../registrations/kinds.ts'
import type { ScreeningContext } from './screen-lists.ts'

/** Whom a screening is about; `screening`: somebody who is not registered, known to this screening only. */
export interface ScreenedPerson {
  readonly kind: KindName | 'screening'
  /** `mer_…`, `con_…` or the screening's own `scr_…` */
  readonly id: string
}

export type ScreeningReason = 'registration' | 'request' | 'listChange'

/** A hit without its words, which are personal and sealed apart. */
export interface StoredHit {
  readonly listId: string
  readonly entryId: string
  readonly entryHash: string
  readonly consequence: Consequence
  readonly score: number
  /** It was decided before, as strictly as this list wants it, that this person is not that entry. */
  readonly isKnown: boolean
}

/** What was asked and answered, for good. */
export interface Screening {
  /** `scr_…` */
  readonly id: string
  readonly person: ScreenedPerson
  readonly reason: ScreeningReason
  readonly context: ScreeningContext
  readonly inputHash: Uint8Array
  /** The subjects, under the person's key. */
  readonly sealedInput: Uint8Array
  /** Every hit with its words and weights, under the person's key. Null: no hits, or before they were kept. */
  readonly sealedHits: Uint8Array | null
  readonly answerHash: Uint8Array
  readonly hits: readonly StoredHit[]
  readonly createdAt: Date
}

const WEIGHT = { inform: 0, review: 1, block: 2 } as const

/** Does it cover a hit that a person was cleared of its entry under some consequence? @param cleared Undefined: never. */
export const isCovered = (cleared: Consequence | undefined, hit: Consequence): boolean =>
  cleared !== undefined && WEIGHT[cleared] >= WEIGHT[hit]

/** What follows from new hits; undefined: a person need not look. */
export function consequenceOf(
  hits: readonly Pick<StoredHit, 'consequence' | 'isKnown'>[],
): 'review' | 'block' | undefined {
  const weight = Math.max(0, ...hits.filter(({ isKnown }) => !isKnown).map(({ consequence }) => WEIGHT[consequence]))
  return weight === 0 ? undefined : weight === WEIGHT.block ? 'block' : 'review'
}
