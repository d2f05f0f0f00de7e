import { type Queryable, type SqlValue, sqlArray, toUuid } from '@pisto/ledger'
import type { DueItem } from './due.ts'

/** A due item that this process works on. */
export interface ClaimedItem extends DueItem {
  /** This attempt's number, from 1. */
  readonly attemptCount: number
}

export interface ClaimOptions {
  /** Business time: what is due. */
  readonly now: Date
  /** Protocol time: whose lease has ended. */
  readonly machineNow: Date
  /** Protocol time: when others may take it over. */
  readonly leaseUntil: Date
  readonly limit: number
}

/** Takes what has been due longest, so that no other worker does it at the same time. In order of business time. */
export async function claimDue(db: Queryable, tenantId: string, options: ClaimOptions): Promise<ClaimedItem[]> {
  const { now, machineNow, leaseUntil, limit } = options
  const rows = await db.query<DueRow>(
    `with next as materialized (
       select kind, reference from due
       where tenant_id = $1 and due_at <= $2 and (not_before is null or not_before <= $3)
       order by due_at, kind, reference limit $5 for update skip locked
     )
     update due d set is_claimed = true, not_before = $4, attempt_count = d.attempt_count + 1
     from next n where d.tenant_id = $1 and d.kind = n.kind and d.reference = n.reference
     returning d.kind, d.reference, d.due_at, d.attempt_count`,
    [toUuid(tenantId, 'ten'), now, machineNow, leaseUntil, limit],
  )
  return rows
    .map((row) => ({
      tenantId,
      kind: row.kind,
      reference: row.reference,
      dueAt: row.due_at,
      attemptCount: row.attempt_count,
    }))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || compareText(a.kind, b.kind))
}

/** Says that a worker is still at them. */
export async function renewDue(
  db: Queryable,
  tenantId: string,
  items: readonly DueItem[],
  leaseUntil: Date,
): Promise<void> {
  await db.query(
    `update due d set not_before = $4 from unnest($2::text[], $3::text[]) as x(kind, reference)
     where d.tenant_id = $1 and d.kind = x.kind and d.reference = x.reference and d.is_claimed`,
    [...namesOf(tenantId, items), leaseUntil],
  )
}

/** Takes done items of one tenant off the list. */
export async function finishDueItems(db: Queryable, tenantId: string, items: readonly DueItem[]): Promise<void> {
  await db.query(
    `delete from due d using unnest($2::text[], $3::text[]) as x(kind, reference)
     where d.tenant_id = $1 and d.kind = x.kind and d.reference = x.reference`,
    namesOf(tenantId, items),
  )
}

const namesOf = (tenantId: string, items: readonly DueItem[]): SqlValue[] => [
  toUuid(tenantId, 'ten'),
  sqlArray(items.map(({ kind }) => kind)),
  sqlArray(items.map(({ reference }) => reference)),
]

/** Gives an item back, to be tried again. @param notBefore Protocol time. */
export async function postponeDue(
  db: Queryable,
  { tenantId, kind, reference }: DueItem,
  notBefore: Date,
): Promise<void> {
  await db.query(
    `update due set is_claimed = false, not_before = $4 where tenant_id = $1 and kind = $2 and reference = $3`,
    [toUuid(tenantId, 'ten'), kind, reference, notBefore],
  )
}

/** Gives back an item that goes on at once: it has not failed. */
export async function continueDue(db: Queryable, { tenantId, kind, reference }: Omit<DueItem, 'dueAt'>): Promise<void> {
  await db.query(
    `update due set is_claimed = false, not_before = null, attempt_count = 0
     where tenant_id = $1 and kind = $2 and reference = $3`,
    [toUuid(tenantId, 'ten'), kind, reference],
  )
}

/** Ends the wait of an item that has failed; what a worker is at is left alone. */
export async function hastenDue(db: Queryable, { tenantId, kind, reference }: Omit<DueItem, 'dueAt'>): Promise<void> {
  await db.query(
    `update due set not_before = null, attempt_count = 0
     where tenant_id = $1 and kind = $2 and reference = $3 and not is_claimed`,
    [toUuid(tenantId, 'ten'), kind, reference],
  )
}

/** Whether some worker is at work on what is due. */
export async function isDueClaimed(
  db: Queryable,
  tenantId: string,
  { now, machineNow }: Pick<ClaimOptions, 'now' | 'machineNow'>,
): Promise<boolean> {
  const rows = await db.query(
    'select 1 from due where tenant_id = $1 and due_at <= $2 and is_claimed and not_before > $3 limit 1',
    [toUuid(tenantId, 'ten'), now, machineNow],
  )
  return rows.length > 0
}

interface DueRow {
  readonly kind: string
  readonly reference: string
  readonly due_at: Date
  readonly attempt_count: number
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
