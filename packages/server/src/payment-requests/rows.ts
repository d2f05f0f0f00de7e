import { type SqlValue, toTypeId, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import type { PaymentRequest } from './payment-request.ts'

/** A row of `payment_requests` as it is selected. */
export interface PaymentRequestRow {
  readonly id: string
  readonly status: PaymentRequest['status']
  readonly merchant_id: string
  readonly amount_minor: bigint
  readonly currency: PaymentRequest['currency']
  readonly reference: string | null
  readonly metadata: string
  readonly salt: Uint8Array | null
  readonly challenge: string
  readonly qr_payload: string
  readonly payment_id: string | null
  readonly member_id: string | null
  readonly reserved_until: Date | null
  readonly expires_at: Date
  readonly created_at: Date
}

/** The one place where fields and columns meet. */
export const COLUMNS: readonly Column<PaymentRequest>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'req')],
  ['status', 'text', ({ status }) => status],
  ['merchant_id', 'uuid', ({ merchantId }) => toUuid(merchantId, 'mer')],
  ['amount_minor', 'bigint', ({ amountMinor }) => amountMinor],
  ['currency', 'text', ({ currency }) => currency],
  ['reference', 'text', ({ reference }) => reference],
  ['metadata', 'json', ({ metadata }) => JSON.stringify(metadata)],
  ['salt', 'bytea', ({ salt }) => salt],
  ['challenge', 'text', ({ challenge }) => challenge],
  ['qr_payload', 'text', ({ qrPayload }) => qrPayload],
  ['payment_id', 'uuid', ({ paymentId }) => uuidOrNull(paymentId)],
  ['member_id', 'uuid', ({ memberId }) => memberId && toUuid(memberId, 'mbr')],
  ['reserved_until', 'timestamptz', ({ reservedUntil }) => reservedUntil],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['expires_at', 'timestamptz', ({ expiresAt }) => expiresAt],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]

export const uuidOrNull = (paymentId: string | null): SqlValue => paymentId && toUuid(paymentId, 'pay')

export function toPaymentRequest(row: PaymentRequestRow): PaymentRequest {
  return {
    id: toTypeId('req', row.id),
    status: row.status,
    merchantId: toTypeId('mer', row.merchant_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    reference: row.reference,
    metadata: JSON.parse(row.metadata),
    salt: row.salt,
    challenge: row.challenge,
    qrPayload: row.qr_payload,
    paymentId: row.payment_id && toTypeId('pay', row.payment_id),
    memberId: row.member_id && toTypeId('mbr', row.member_id),
    reservedUntil: row.reserved_until,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  }
}
