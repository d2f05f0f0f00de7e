import {
  CASE_REASONS,
  type CaseReason,
  DOCUMENT_REASONS,
  type DocumentKind,
  type DocumentReason,
  type Notice as NoticeAnswer,
  REVIEW_REASONS,
  type Requirements,
  type ReviewReason,
} from '@pisto/contract'
import type { Demand, Turn } from './demands.ts'
import type { DocumentFacts } from './dossier.ts'
import { mendedByDocument } from './given-documents.ts'
import type { Notice, Registration } from './registration.ts'

/** A reason with its text, as the API shows it. */
export function reasonText(code: ReviewReason | CaseReason | DocumentReason): NoticeAnswer['reasons'][number] {
  const { message, messageEs } = { ...CASE_REASONS, ...DOCUMENT_REASONS, ...REVIEW_REASONS }[code]
  return { code, message, messageEs }
}

/** What has to be mended for a reason, as `requirements` tells it; none where nothing can be. */
export function errorsOf(codes: readonly ReviewReason[]): Requirements['errors'] {
  return codes.flatMap((code) => {
    const { requirement } = REVIEW_REASONS[code]
    return requirement === null ? [] : [{ requirement, ...reasonText(code) }]
  })
}

/** The same of documents that operators did not accept: which, and why. */
export const errorsOfDocuments = ({ rejected }: DocumentFacts): Requirements['errors'] =>
  (Object.entries(rejected) as [DocumentKind, readonly DocumentReason[]][]).flatMap(([documentKind, codes]) =>
    [...mendedByDocument(documentKind)].flatMap((requirement) =>
      codes.map((code) => ({ requirement, documentKind, ...reasonText(code) })),
    ),
  )

/** The same notice after somebody has given some things again. @param given By the names that `requirements` uses. */
export function mended(notice: Notice | null, given: ReadonlySet<string>): Notice | null {
  if (notice === null) return null
  return { ...notice, due: notice.due.filter((code) => !given.has(REVIEW_REASONS[code].requirement ?? '')) }
}

/** What a person is told when their demands were looked at. What an operator sent back to be mended stays. */
export function noticeOfDemands(
  { notice }: Registration,
  turns: readonly Turn[],
  demands: readonly Demand[],
  time: Date,
): Notice | null {
  const isOurs = notice?.action === 'remind' || notice?.action === 'restrict'
  const [turn] = turns
  if (turn === 'lifted' || (demands.length === 0 && isOurs)) return null
  const isLate = turn === 'restricted'
  if (turn === undefined || (!isLate && notice !== null && notice.due.length > 0)) return notice
  const told = isLate ? demands.filter(({ isOverdue }) => isOverdue) : demands
  const codes = new Set(told.map(({ cause }) => TOLD[cause][isLate ? 'restrict' : 'remind']))
  return { action: isLate ? 'restrict' : 'remind', codes: [...codes], note: null, time: time.toISOString(), due: [] }
}

const TOLD = {
  expiry: { remind: 'document_expiring', restrict: 'document_expired' },
  rejected: { remind: 'document_rejected', restrict: 'requirement_overdue' },
  law: { remind: 'requirement_new', restrict: 'requirement_overdue' },
} as const satisfies Record<Demand['cause'], Record<'remind' | 'restrict', ReviewReason>>

export const showNotice = ({ action, codes, note, time }: Notice): NoticeAnswer => ({
  action,
  reasons: codes.map(reasonText),
  note,
  time,
})
