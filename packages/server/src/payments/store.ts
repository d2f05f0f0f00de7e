import type { PaymentStatus } from '@pisto/contract'
import { type Add, Conditions, companion, isTypeId, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { insertRows, selected } from '../platform/database/insert-rows.ts'
import { soldBy } from '../sessions/own-sales.ts'
import type { Own } from '../sessions/person.ts'
import type { Payment, PaymentDraft } from './payment.ts'
import { COLUMNS, type PaymentRow, toPayment } from './rows.ts'

const SELECTED = selected(COLUMNS, 'p')

export const insertPayments = insertRows<PaymentDraft>('payments', COLUMNS)

/** A payment as it was read, and as it shall be. */
export interface PaymentMove {
  readonly from: Pick<PaymentDraft, 'id' | 'status' | 'refundedMinor'>
  readonly to: Pick<PaymentDraft, 'status' | 'refundedMinor' | 'completedAt'>
  /** Whether this transaction resolves the payment's hold: then the payment points to it. */
  readonly resolves: boolean
}

/**
 * Moves the payments of one batch. Status and refunded amount are repeated in the where clause: a payment that moved
 * meanwhile is not returned, and its transaction is decided again on what it then reads.
 */
export const movePayments = companion<PaymentMove>({
  refusal: 'payment_wrong_status',
  key: ({ from }) => from.id,
  sql: `update payments p
        set status = x.next, refunded_minor = x.next_refunded, completed_at = x.completed_at,
            transaction_id = coalesce(x.transaction_id, p.transaction_id), sequence = coalesce(x.sequence, p.sequence)
        from unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::timestamptz[], $8::uuid[], $9::bigint[])
          with ordinality
          as x(id, previous, previous_refunded, next, next_refunded, completed_at, transaction_id, sequence, n)
        where p.tenant_id = $1 and p.id = x.id and p.status = x.previous and p.refunded_minor = x.previous_refunded
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'pay'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => row.from.refundedMinor)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.refundedMinor)),
    sqlArray(rows.map(({ row }) => row.to.completedAt)),
    sqlArray(rows.map(({ row, posted }) => (row.resolves ? toUuid(posted.transactionId, 'txn') : null))),
    sqlArray(rows.map(({ row, posted }) => (row.resolves ? posted.sequence : null))),
  ],
})

/** @returns Undefined: no such payment of this tenant; also for ids that are none. */
export async function findPayment(reader: Queryable, tenantId: string, id: string): Promise<Payment | undefined> {
  if (!isTypeId(id, 'pay')) return undefined
  const [row] = await reader.query<PaymentRow>(
    `select ${SELECTED} from payments p where p.tenant_id = $1 and p.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return row && toPayment(row)
}

export interface PaymentFilter {
  readonly merchantId?: string | undefined
  readonly payerAccountId?: string | undefined
  /** Who charged. */
  readonly memberId?: string | undefined
  /** What the person who asks may see. */
  readonly own?: Own | undefined
  /** At `time`. */
  readonly status?: PaymentStatus | undefined
  readonly time: Date
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listPayments(
  reader: Queryable,
  tenantId: string,
  { merchantId, payerAccountId, memberId, own, status, time, before, limit }: PaymentFilter,
): Promise<Payment[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (merchantId !== undefined) where.add((add) => `p.merchant_id = ${add(toUuid(merchantId, 'mer'))}`)
  if (payerAccountId !== undefined) where.add((add) => `p.payer_account_id = ${add(toUuid(payerAccountId, 'acc'))}`)
  if (memberId !== undefined) where.add((add) => `p.member_id = ${add(toUuid(memberId, 'mbr'))}`)
  // payers do not learn who charged, not even by trying
  if (own !== undefined) where.add((add) => (memberId === undefined ? isParty(own, add) : soldBy(own, add, 'p')))
  if (before !== undefined) where.add((add) => `p.id < ${add(toUuid(before, 'pay'))}`)
  if (status !== undefined) where.add((add) => isAt(status, time, add))
  const rows = await reader.query<PaymentRow>(
    `select ${SELECTED} from payments p where p.tenant_id = $1${where.sql}
     order by p.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toPayment)
}

const isParty = (own: Own, add: Add): string => {
  const ids = sqlArray([...own.merchantIds, ...own.consumerIds].map((id) => toUuid(id)))
  return `(${soldBy(own, add, 'p')} or p.payer_account_id in (
    select r.account_id from registrations r where r.tenant_id = $1 and r.id = any(${add(ids)}::uuid[])))`
}

/** `statusAt` in SQL, for one status. */
function isAt(status: PaymentStatus, time: Date, add: Add): string {
  if (status === 'pending') return `p.status = 'pending' and p.expires_at > ${add(time)}`
  if (status === 'expired') {
    return `(p.status = 'expired' or (p.status = 'pending' and p.expires_at <= ${add(time)}))`
  }
  return `p.status = ${add(status)}`
}
