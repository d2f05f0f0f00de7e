import {
  CASE_REASONS,
  type CaseReason,
  type Notice as NoticeAnswer,
  REVIEW_REASONS,
  type Requirements,
  type ReviewReason,
} from '@pisto/contract'
import type { Notice } from './registration.ts'

/** A reason with its text, as the API shows it. */
export function reasonText(code: ReviewReason | CaseReason): NoticeAnswer['reasons'][number] {
  const { message, messageEs } = { ...CASE_REASONS, ...REVIEW_REASONS }[code]
  return { code, message, messageEs }
}

/** What has to be mended for a reason, as `requirements` tells it; none where nothing can be. */
export function errorsOf(codes: readonly ReviewReason[]): Requirements['errors'] {
  return codes.flatMap((code) => {
    const { requirement } = REVIEW_REASONS[code]
    return requirement === null ? [] : [{ requirement, ...reasonText(code) }]
  })
}

/** The same notice after somebody has given some things again. @param given By the names that `requirements` uses. */
export function mended(notice: Notice | null, given: ReadonlySet<string>): Notice | null {
  if (notice === null) return null
  return { ...notice, due: notice.due.filter((code) => !given.has(REVIEW_REASONS[code].requirement ?? '')) }
}

export const showNotice = ({ action, codes, note, time }: Notice): NoticeAnswer => ({
  action,
  reasons: codes.map(reasonText),
  note,
  time,
})
