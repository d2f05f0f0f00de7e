import type { PaymentRequestStatus } from '@pisto/contract'
import { type Add, Conditions, companion, isTypeId, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { insertRows, selected } from '../platform/database/insert-rows.ts'
import { soldBy } from '../sessions/own-sales.ts'
import type { Own } from '../sessions/person.ts'
import type { PaymentRequest } from './payment-request.ts'
import { COLUMNS, type PaymentRequestRow, toPaymentRequest, uuidOrNull } from './rows.ts'

const SELECTED = selected(COLUMNS, 'r')

export const insertPaymentRequests = insertRows<PaymentRequest>('payment_requests', COLUMNS)

/** A request as it was read, and as it shall be. */
export interface PaymentRequestMove {
  readonly from: Pick<PaymentRequest, 'id' | 'status' | 'paymentId'>
  readonly to: Pick<PaymentRequest, 'status' | 'paymentId' | 'reservedUntil'>
}

/**
 * Moves the requests of one batch. Status and payment are repeated in the where clause: of the payments that meet at
 * one request exactly one moves it, the others are decided again on what they then read.
 */
export const movePaymentRequests = companion<PaymentRequestMove>({
  refusal: 'payment_request_already_paid',
  key: ({ from }) => from.id,
  sql: `update payment_requests r
        set status = x.next, payment_id = x.next_payment, reserved_until = x.reserved_until,
            transaction_id = x.transaction_id, sequence = x.sequence
        from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::timestamptz[], $8::uuid[], $9::bigint[])
          with ordinality
          as x(id, previous, previous_payment, next, next_payment, reserved_until, transaction_id, sequence, n)
        where r.tenant_id = $1 and r.id = x.id and r.status = x.previous
          and r.payment_id is not distinct from x.previous_payment
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'req'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.from.paymentId))),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => uuidOrNull(row.to.paymentId))),
    sqlArray(rows.map(({ row }) => row.to.reservedUntil)),
    sqlArray(rows.map(({ posted }) => toUuid(posted.transactionId, 'txn'))),
    sqlArray(rows.map(({ posted }) => posted.sequence)),
  ],
})

/** @returns Undefined: no such request of this tenant; also for ids that are none. */
export async function findPaymentRequest(
  reader: Queryable,
  tenantId: string,
  id: string,
): Promise<PaymentRequest | undefined> {
  if (!isTypeId(id, 'req')) return undefined
  const [row] = await reader.query<PaymentRequestRow>(
    `select ${SELECTED} from payment_requests r where r.tenant_id = $1 and r.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return row && toPaymentRequest(row)
}

export interface PaymentRequestFilter {
  readonly merchantId?: string | undefined
  /** Who charged. */
  readonly memberId?: string | undefined
  /** What the person who asks may see. */
  readonly own?: Own | undefined
  /** At `time`. */
  readonly status?: PaymentRequestStatus | undefined
  readonly time: Date
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listPaymentRequests(
  reader: Queryable,
  tenantId: string,
  { merchantId, memberId, own, status, time, before, limit }: PaymentRequestFilter,
): Promise<PaymentRequest[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (merchantId !== undefined) where.add((add) => `r.merchant_id = ${add(toUuid(merchantId, 'mer'))}`)
  if (memberId !== undefined) where.add((add) => `r.member_id = ${add(toUuid(memberId, 'mbr'))}`)
  if (own !== undefined) where.add((add) => soldBy(own, add, 'r'))
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'req'))}`)
  if (status !== undefined) where.add((add) => isAt(status, time, add))
  const rows = await reader.query<PaymentRequestRow>(
    `select ${SELECTED} from payment_requests r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toPaymentRequest)
}

/** `statusAt` in SQL, for one status. */
function isAt(status: PaymentRequestStatus, time: Date, add: Add): string {
  if (status === 'paid' || status === 'cancelled') return `r.status = ${add(status)}`
  const now = add(time)
  if (status === 'reserved') return `r.status = 'reserved' and r.reserved_until > ${now}`
  const isFree = `(r.status = 'open' or (r.status = 'reserved' and r.reserved_until <= ${now}))`
  if (status === 'open') return `${isFree} and r.expires_at > ${now}`
  return `(r.status = 'expired' or (${isFree} and r.expires_at <= ${now}))`
}
