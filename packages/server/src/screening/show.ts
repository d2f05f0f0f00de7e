import type {
  Screening as ScreeningAnswer,
  ScreeningExplanation,
  ScreeningListEntry,
  ScreeningMatch,
} from '@pisto/contract'
import { type Explanation, SCREENING_REASONS } from '@pisto/identity/screening'
import type { Case } from '../cases/case.ts'
import { hexOf } from './lists/list.ts'
import type { Screened } from './screen-lists.ts'
import { consequenceOf, type Screening } from './screening.ts'

/** What is known besides, when one is looked at. */
export interface ScreeningDetails {
  readonly replayed: Screened | undefined
  /** By the hash of their content. */
  readonly entries: ReadonlyMap<string, ScreeningListEntry>
}

const NO_DETAILS: ScreeningDetails = { replayed: undefined, entries: new Map() }

export function showScreening(
  { id, person, reason, context, inputHash, answerHash, hits, createdAt }: Screening,
  opened: Case | undefined,
  livemode: boolean,
  { replayed, entries }: ScreeningDetails = NO_DETAILS,
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
      const explanation = replayed?.hits[index]?.answer.explanation
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

const explained = ({
  kind,
  compared,
  pairs,
  unpaired,
  reasons,
  total,
  threshold,
}: Explanation): ScreeningExplanation => ({
  kind,
  compared: { ...compared },
  pairs: pairs.map((pair) => ({ ...pair })),
  unpaired: {
    query: unpaired.query.map((word) => ({ ...word })),
    entry: unpaired.entry.map((word) => ({ ...word })),
  },
  reasons: reasons.map(({ code, weight }) => {
    const [message, messageEs] = SCREENING_REASONS[code]
    return { code, message, messageEs, weight }
  }),
  total,
  threshold,
})
