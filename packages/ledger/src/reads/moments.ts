import type { Queryable } from '../database/database.ts'
import { toUuid } from '../type-id.ts'

/** Sequence of the newest transaction that this database has; 0 for none. */
export async function headSequence(db: Queryable, tenantId: string): Promise<number> {
  const [row] = await db.query<{ last: bigint }>(
    'select last_sequence as last from batches where tenant_id = $1 order by batch_number desc limit 1',
    [toUuid(tenantId, 'ten')],
  )
  return Number(row?.last ?? 0)
}

/**
 * Sequence of the last transaction before a moment; 0 for none. Ledger time never runs backwards, so everything up to
 * it happened before the moment, and everything after it did not.
 */
async function sequenceBefore(db: Queryable, tenantId: string, time: Date): Promise<number> {
  const [row] = await db.query<{ last: bigint }>(
    `select coalesce(
       (select first_sequence - 1 from batches where tenant_id = $1 and ledger_time >= $2
        order by ledger_time, batch_number limit 1),
       (select last_sequence from batches where tenant_id = $1 order by batch_number desc limit 1),
       0) as last`,
    [toUuid(tenantId, 'ten'), time],
  )
  return Number(row?.last ?? 0)
}

/** Part of history, by time or by sequence; what is left out does not bound it. */
export interface Period {
  /** At this moment or later. */
  readonly from?: Date | undefined
  /** Before this moment. */
  readonly to?: Date | undefined
  readonly fromSequence?: number | undefined
  readonly toSequence?: number | undefined
}

/** The same as sequences: greater than `after`, at most `through`. */
export interface SequenceRange {
  readonly after: number
  readonly through: number
}

export async function rangeOf(db: Queryable, tenantId: string, period: Period): Promise<SequenceRange> {
  const { from, to, fromSequence = 1, toSequence = Number.MAX_SAFE_INTEGER - 1 } = period
  const [before, last] = await Promise.all([
    from === undefined ? 0 : sequenceBefore(db, tenantId, from),
    to === undefined ? toSequence : sequenceBefore(db, tenantId, to),
  ])
  return { after: Math.max(before, fromSequence - 1), through: Math.min(last, toSequence) }
}
