import type { Currency } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import { type Queryable, sqlArray } from './database/database.ts'
import type { Amount } from './model.ts'
import type { HoldState } from './state.ts'
import { toTypeId, toUuid } from './type-id.ts'

/** A hold as it is now. */
export interface HoldView {
  /** `hld_…` */
  readonly holdId: string
  /** The transaction that made it. */
  readonly transactionId: string
  readonly debit: string
  readonly credit: string
  readonly amount: Amount
  readonly expiresAt: Date
  /** `pending` also after `expiresAt`, until the expiry is booked. */
  readonly status: HoldState['status']
  /** What was posted of it; null while it is pending. */
  readonly posted: Amount | null
}

interface HoldRow {
  readonly hold_id: string
  readonly transaction_id: string
  readonly debit_account_id: string
  readonly credit_account_id: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly expires_at: Date
  readonly status: HoldState['status']
  readonly posted_minor: bigint | null
}

/** Holds by their ids, in no order; those that are not there are left out. */
export async function findHolds(db: Queryable, tenantId: string, holdIds: readonly string[]): Promise<HoldView[]> {
  if (holdIds.length === 0) return []
  const rows = await db.query<HoldRow>(
    `select h.hold_id, t.transaction_id, h.debit_account_id, h.credit_account_id, h.amount_minor, h.currency,
            h.expires_at, h.status, h.posted_minor
     from holds h join transactions t on t.tenant_id = $1 and t.sequence = h.opened_sequence
     where h.tenant_id = $1 and h.hold_id = any($2::uuid[])`,
    [toUuid(tenantId, 'ten'), sqlArray(holdIds.map((id) => toUuid(id, 'hld')))],
  )
  return rows.map((row) => {
    const { currency } = row
    const amountOf = (minor: bigint): Amount => ({ amount: formatMinor(minor, currency as Currency), currency })
    return {
      holdId: toTypeId('hld', row.hold_id),
      transactionId: toTypeId('txn', row.transaction_id),
      debit: toTypeId('acc', row.debit_account_id),
      credit: toTypeId('acc', row.credit_account_id),
      amount: amountOf(row.amount_minor),
      expiresAt: row.expires_at,
      status: row.status,
      posted: row.posted_minor === null ? null : amountOf(row.posted_minor),
    }
  })
}
