import type { Screening as ScreeningAnswer, ScreeningListEntry, ScreeningMatch } from '@pisto/contract'
import type { Case } from '../cases/case.ts'
import { explained } from './explanations.ts'
import { hexOf } from './lists/list.ts'
import type { Hit } from './screen-lists.ts'
import { consequenceOf, type Screening } from './screening.ts'

/** What is known besides, when one is looked at. */
export interface ScreeningDetails {
  /** In the order of the screening’s own; undefined: neither kept nor found again. */
  readonly hits: readonly Hit[] | undefined
  /** By the hash of their content. */
  readonly entries: ReadonlyMap<string, ScreeningListEntry>
}

const NO_DETAILS: ScreeningDetails = { hits: undefined, entries: new Map() }

export function showScreening(
  { id, person, reason, context, inputHash, answerHash, hits, createdAt }: Screening,
  opened: Case | undefined,
  livemode: boolean,
  { hits: found, entries }: ScreeningDetails = NO_DETAILS,
): ScreeningAnswer {
  return {
    id,
    livemode,
    status: statusOf(opened, consequenceOf(hits) !== undefined),
    personId: person.id,
    reason,
    algorithm: context.algorithm,
    lists: context.lists.map(({ id: listId, ...list }) => ({ listId, ...list })),
    inputHash: hexOf(inputHash),
    answerHash: hexOf(answerHash),
    matches: hits.map(({ entryHash, ...hit }, index): ScreeningMatch => {
      const explanation = found?.[index]?.answer.explanation
      return { ...hit, entry: entries.get(entryHash) ?? null, explanation: explanation ? explained(explanation) : null }
    }),
    caseId: opened?.id ?? null,
    createdAt: createdAt.toISOString(),
  }
}

/** Without a case of its own, a match is being looked at in an earlier one. */
function statusOf(opened: Case | undefined, isMatch: boolean): ScreeningAnswer['status'] {
  if (opened === undefined) return isMatch ? 'inReview' : 'clear'
  return opened.status === 'open' ? 'potentialMatch' : opened.status
}
