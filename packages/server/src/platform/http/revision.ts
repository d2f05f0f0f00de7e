import { PistoProblem } from '@pisto/contract'
import type { Call } from './call.ts'

/** The `ETag` of what counts its edits. @see RFC 9110 section 8.8.3 */
export const etagOf = (revision: number): string => `"${revision}"`

/**
 * Lets an edit go on only if it was made to what is there now, where it says so.
 *
 * @throws {PistoProblem} `revision_stale` @see RFC 9110 section 13.1.1
 */
export function requireRevision({ ifMatch }: Pick<Call, 'ifMatch'>, revision: number): void {
  const tags = ifMatch?.split(',').map((tag) => tag.trim())
  if (tags === undefined || tags.includes('*') || tags.includes(etagOf(revision))) return
  throw new PistoProblem('revision_stale', { revision: String(revision) })
}
