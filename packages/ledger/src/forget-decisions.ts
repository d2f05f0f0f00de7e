import type { Queryable } from './database/database.ts'
import { toUuid } from './type-id.ts'

/** A key has its effect once, and its first answer, for this long. */
const DECISIONS_KEPT_DAYS = 45
const SLICE = 5_000

/**
 * Removes decisions of keys that were used more than `DECISIONS_KEPT_DAYS` before: a key used again after that is a new
 * one. What was decided stays in the books; what may happen once for ever is a claim.
 *
 * @param now Business time.
 * @returns How many were removed.
 */
export async function forgetDecisions(db: Queryable, tenantId: string, now: Date): Promise<number> {
  const tenant = toUuid(tenantId, 'ten')
  const before = new Date(now.getTime() - DECISIONS_KEPT_DAYS * 86_400_000)
  let count = 0
  for (let isMore = true; isMore; ) {
    const removed = await db.query(
      `delete from decisions where tenant_id = $1 and decision_id in
         (select decision_id from decisions where tenant_id = $1 and decided_at < $2 order by decided_at limit ${SLICE})
       returning 1`,
      [tenant, before],
    )
    count += removed.length
    isMore = removed.length === SLICE
  }
  return count
}
