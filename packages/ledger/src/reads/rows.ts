import type { Currency } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import { eventId, type Leaf, parseLeaf } from '../leaf.ts'
import type { AccountView, EntryView, TransactionView } from '../ledger.ts'
import type { Amount, Side, TransferKind } from '../model.ts'
import { availableBalance, pendingBalance, postedBalance } from '../state.ts'
import { toTypeId } from '../type-id.ts'

/** What is read of an account `a` with its newest entry `e` (there may be none). */
export const ACCOUNT_COLUMNS = `a.account_id, a.purpose, a.owner_id, a.currency, a.normal_side, a.status, a.opened_at,
  coalesce(e.sequence, 0) as sequence,
  coalesce(e.debits_posted, 0) as debits_posted, coalesce(e.credits_posted, 0) as credits_posted,
  coalesce(e.debits_pending, 0) as debits_pending, coalesce(e.credits_pending, 0) as credits_pending`

/** What is read of an entry `e` with its account `a` and its transaction `t`. */
export const ENTRY_COLUMNS = `e.sequence, e.position, e.kind, e.side, e.amount_minor, e.debits_posted,
  e.credits_posted, e.debits_pending, e.credits_pending, a.currency, a.normal_side, t.leaf`

interface SumsRow {
  readonly currency: string
  readonly normal_side: Side
  readonly debits_posted: bigint
  readonly credits_posted: bigint
  readonly debits_pending: bigint
  readonly credits_pending: bigint
}

export interface AccountRow extends SumsRow {
  readonly account_id: string
  readonly purpose: string
  readonly owner_id: string | null
  readonly status: AccountView['status']
  readonly opened_at: Date
  readonly sequence: bigint
}

export interface EntryRow extends SumsRow {
  readonly sequence: bigint
  readonly position: number
  readonly kind: TransferKind
  readonly side: Side
  readonly amount_minor: bigint
  readonly leaf: string
}

const sumsOf = (row: SumsRow) => ({
  normalSide: row.normal_side,
  debitsPosted: row.debits_posted,
  creditsPosted: row.credits_posted,
  debitsPending: row.debits_pending,
  creditsPending: row.credits_pending,
})

export const money = (minor: bigint, currency: string): Amount => ({
  amount: formatMinor(minor, currency as Currency),
  currency,
})

export function toAccount(row: AccountRow): AccountView {
  const sums = sumsOf(row)
  return {
    accountId: toTypeId('acc', row.account_id),
    purpose: row.purpose,
    ownerId: row.owner_id,
    currency: row.currency,
    normalSide: row.normal_side,
    status: row.status,
    posted: money(postedBalance(sums), row.currency),
    pending: money(pendingBalance(sums), row.currency),
    available: money(availableBalance(sums), row.currency),
    asOfSequence: Number(row.sequence),
    openedAt: row.opened_at,
  }
}

/** @param leaf The row's, read. */
export function toEntry(row: EntryRow, leaf: Leaf = parseLeaf(row.leaf)): EntryView {
  const sums = sumsOf(row)
  return {
    transactionId: leaf.id,
    sequence: Number(row.sequence),
    index: row.position,
    kind: row.kind,
    direction: row.side,
    amount: money(row.amount_minor, row.currency),
    balanceAfter: money(postedBalance(sums), row.currency),
    availableAfter: money(availableBalance(sums), row.currency),
    purpose: leaf.purpose,
    time: new Date(leaf.time),
  }
}

export function toTransaction(leaf: Leaf): TransactionView {
  const time = new Date(leaf.time)
  return {
    transactionId: leaf.id,
    sequence: leaf.sequence,
    purpose: leaf.purpose,
    references: leaf.references,
    transfers: leaf.transfers.map(({ kind, debit, credit, amount, currency, hold }) => ({
      kind,
      debit,
      credit,
      amount: { amount, currency },
      holdId: hold ?? null,
    })),
    events: leaf.events.map((event, index) => ({
      ...event,
      id: eventId(leaf.id, index),
      sequence: leaf.sequence,
      index,
      time,
    })),
    time,
  }
}
