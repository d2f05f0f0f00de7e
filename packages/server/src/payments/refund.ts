import type { Refund as RefundAnswer, WalletCurrency } from '@pisto/contract'
import { Conditions, isTypeId, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import type { FreeText } from '../platform/committed-text.ts'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { moneyOf } from '../platform/minor.ts'

/** A refund before the ledger has given it its place. */
export interface RefundDraft {
  /** `ref_…` */
  readonly id: string
  /** `pay_…` */
  readonly paymentId: string
  readonly amountMinor: bigint
  readonly currency: WalletCurrency
  readonly reason: string | null
  /** Opens the leaf's commitment to the reason. */
  readonly salt: Uint8Array | null
  readonly createdAt: Date
}

/** Part or all of a payment given back; it is completed as soon as it exists. */
export interface Refund extends RefundDraft {
  readonly transactionId: string
  readonly sequence: number
}

/** What somebody wrote: the refund's leaf has a commitment to it. */
export const textOfRefund = ({ reason }: Pick<RefundDraft, 'reason'>): FreeText => ({ reason })

/** The one place where fields and columns meet. */
export const COLUMNS: readonly Column<RefundDraft>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'ref')],
  ['payment_id', 'uuid', ({ paymentId }) => toUuid(paymentId, 'pay')],
  ['amount_minor', 'bigint', ({ amountMinor }) => amountMinor],
  ['currency', 'text', ({ currency }) => currency],
  ['reason', 'text', ({ reason }) => reason],
  ['salt', 'bytea', ({ salt }) => salt],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]

export const insertRefunds = insertRows<RefundDraft>('refunds', COLUMNS)

/** A row of `refunds` as it is selected. */
export interface RefundRow {
  readonly id: string
  readonly payment_id: string
  readonly amount_minor: bigint
  readonly currency: WalletCurrency
  readonly reason: string | null
  readonly salt: Uint8Array | null
  readonly transaction_id: string
  readonly sequence: bigint
  readonly created_at: Date
}

/** @returns Undefined: no such refund of this tenant; also for ids that are none. */
export async function findRefund(reader: Queryable, tenantId: string, id: string): Promise<Refund | undefined> {
  if (!isTypeId(id, 'ref')) return undefined
  const [row] = await reader.query<RefundRow>(
    `select ${selected(COLUMNS, 'r')} from refunds r where r.tenant_id = $1 and r.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return row && toRefund(row)
}

/** A payment's refunds, newest first. @param before Only those older than this id. */
export async function listRefunds(
  reader: Queryable,
  tenantId: string,
  paymentId: string,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<Refund[]> {
  if (!isTypeId(paymentId, 'pay')) return []
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.payment_id = ${add(toUuid(paymentId))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'ref'))}`)
  const rows = await reader.query<RefundRow>(
    `select ${selected(COLUMNS, 'r')} from refunds r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toRefund)
}

export const toRefund = (row: RefundRow): Refund => ({
  id: toTypeId('ref', row.id),
  paymentId: toTypeId('pay', row.payment_id),
  amountMinor: row.amount_minor,
  currency: row.currency,
  reason: row.reason,
  salt: row.salt,
  transactionId: toTypeId('txn', row.transaction_id),
  sequence: Number(row.sequence),
  createdAt: row.created_at,
})

/** As the wire has it. */
export const showRefund = (refund: Refund, livemode: boolean): RefundAnswer => ({
  id: refund.id,
  livemode,
  paymentId: refund.paymentId,
  status: 'completed',
  amount: moneyOf(refund.amountMinor, refund.currency),
  reason: refund.reason,
  transactionId: refund.transactionId,
  sequence: refund.sequence,
  createdAt: refund.createdAt.toISOString(),
})
