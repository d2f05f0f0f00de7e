import { type SqlValue, toTypeId, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import type { Payment, PaymentDraft } from './payment.ts'

/** A row of `payments` as it is selected. */
export interface PaymentRow {
  readonly id: string
  readonly status: Payment['status']
  readonly merchant_id: string
  readonly payee_alias: string
  readonly payer_account_id: string
  readonly payee_account_id: string
  readonly amount_minor: bigint
  readonly refunded_minor: bigint
  readonly currency: Payment['currency']
  readonly payment_request_id: string | null
  readonly qr_code_id: string | null
  readonly member_id: string | null
  readonly tip_minor: bigint
  readonly reference: string | null
  readonly metadata: string
  readonly salt: Uint8Array | null
  readonly challenge: string | null
  readonly hold_id: string | null
  readonly transaction_id: string
  readonly sequence: bigint
  readonly expires_at: Date | null
  readonly completed_at: Date | null
  readonly created_at: Date
}

/** The one place where fields and columns meet. */
export const COLUMNS: readonly Column<PaymentDraft>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'pay')],
  ['status', 'text', ({ status }) => status],
  ['merchant_id', 'uuid', ({ merchantId }) => toUuid(merchantId, 'mer')],
  ['payee_alias', 'text', ({ payeeAlias }) => payeeAlias],
  ['payer_account_id', 'uuid', ({ payerAccountId }) => toUuid(payerAccountId, 'acc')],
  ['payee_account_id', 'uuid', ({ payeeAccountId }) => toUuid(payeeAccountId, 'acc')],
  ['amount_minor', 'bigint', ({ amountMinor }) => amountMinor],
  ['refunded_minor', 'bigint', ({ refundedMinor }) => refundedMinor],
  ['currency', 'text', ({ currency }) => currency],
  ['payment_request_id', 'uuid', ({ paymentRequestId }) => uuidOrNull(paymentRequestId)],
  ['qr_code_id', 'uuid', ({ qrCodeId }) => uuidOrNull(qrCodeId)],
  ['member_id', 'uuid', ({ memberId }) => uuidOrNull(memberId)],
  ['tip_minor', 'bigint', ({ tipMinor }) => tipMinor],
  ['reference', 'text', ({ reference }) => reference],
  ['metadata', 'json', ({ metadata }) => JSON.stringify(metadata)],
  ['salt', 'bytea', ({ salt }) => salt],
  ['challenge', 'text', ({ challenge }) => challenge],
  ['hold_id', 'uuid', ({ holdId }) => uuidOrNull(holdId)],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['expires_at', 'timestamptz', ({ expiresAt }) => expiresAt],
  ['completed_at', 'timestamptz', ({ completedAt }) => completedAt],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]

const uuidOrNull = (id: string | null): SqlValue => id && toUuid(id)

export function toPayment(row: PaymentRow): Payment {
  return {
    id: toTypeId('pay', row.id),
    status: row.status,
    merchantId: toTypeId('mer', row.merchant_id),
    payeeAlias: row.payee_alias,
    payerAccountId: toTypeId('acc', row.payer_account_id),
    payeeAccountId: toTypeId('acc', row.payee_account_id),
    amountMinor: row.amount_minor,
    refundedMinor: row.refunded_minor,
    currency: row.currency,
    paymentRequestId: row.payment_request_id && toTypeId('req', row.payment_request_id),
    qrCodeId: row.qr_code_id && toTypeId('qrc', row.qr_code_id),
    memberId: row.member_id && toTypeId('mbr', row.member_id),
    tipMinor: row.tip_minor,
    reference: row.reference,
    metadata: JSON.parse(row.metadata),
    salt: row.salt,
    challenge: row.challenge,
    holdId: row.hold_id && toTypeId('hld', row.hold_id),
    transactionId: toTypeId('txn', row.transaction_id),
    sequence: Number(row.sequence),
    expiresAt: row.expires_at,
    completedAt: row.completed_at,
    createdAt: row.created_at,
  }
}
