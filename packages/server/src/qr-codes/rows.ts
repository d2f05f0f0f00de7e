import { type SqlValue, toTypeId, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import type { QrCode } from './qr-code.ts'

/** A row of `qr_codes` as it is selected. */
export interface QrCodeRow {
  readonly id: string
  readonly status: QrCode['status']
  readonly merchant_id: string
  readonly payload: string
  readonly amount_minor: bigint | null
  readonly currency: QrCode['currency']
  readonly tip: string | null
  readonly additional_data: string
  readonly salt: Uint8Array | null
  readonly is_one_shot: boolean
  readonly payment_id: string | null
  readonly reserved_until: Date | null
  readonly expires_at: Date | null
  readonly supersedes: string | null
  readonly superseded_by: string | null
  readonly revoked_reason: string | null
  readonly reason_salt: Uint8Array | null
  readonly created_at: Date
}

/** The one place where fields and columns meet. */
export const COLUMNS: readonly Column<QrCode>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'qrc')],
  ['status', 'text', ({ status }) => status],
  ['merchant_id', 'uuid', ({ merchantId }) => toUuid(merchantId, 'mer')],
  ['payload', 'text', ({ payload }) => payload],
  ['amount_minor', 'bigint', ({ amountMinor }) => amountMinor],
  ['currency', 'text', ({ currency }) => currency],
  ['tip', 'json', ({ tip }) => tip && JSON.stringify(tip)],
  ['additional_data', 'json', ({ additionalData }) => JSON.stringify(additionalData)],
  ['salt', 'bytea', ({ salt }) => salt],
  ['is_one_shot', 'boolean', ({ isOneShot }) => isOneShot],
  ['payment_id', 'uuid', ({ paymentId }) => uuidOrNull(paymentId)],
  ['reserved_until', 'timestamptz', ({ reservedUntil }) => reservedUntil],
  ['expires_at', 'timestamptz', ({ expiresAt }) => expiresAt],
  ['supersedes', 'uuid', ({ supersedes }) => uuidOrNull(supersedes)],
  ['superseded_by', 'uuid', ({ supersededBy }) => uuidOrNull(supersededBy)],
  ['revoked_reason', 'text', ({ revokedReason }) => revokedReason],
  ['reason_salt', 'bytea', ({ reasonSalt }) => reasonSalt],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]

export const uuidOrNull = (id: string | null): SqlValue => id && toUuid(id)

export function toQrCode(row: QrCodeRow): QrCode {
  return {
    id: toTypeId('qrc', row.id),
    status: row.status,
    merchantId: toTypeId('mer', row.merchant_id),
    payload: row.payload,
    amountMinor: row.amount_minor,
    currency: row.currency,
    tip: row.tip === null ? null : JSON.parse(row.tip),
    additionalData: JSON.parse(row.additional_data),
    salt: row.salt,
    isOneShot: row.is_one_shot,
    paymentId: row.payment_id && toTypeId('pay', row.payment_id),
    reservedUntil: row.reserved_until,
    expiresAt: row.expires_at,
    supersedes: row.supersedes && toTypeId('qrc', row.supersedes),
    supersededBy: row.superseded_by && toTypeId('qrc', row.superseded_by),
    revokedReason: row.revoked_reason,
    reasonSalt: row.reason_salt,
    createdAt: row.created_at,
  }
}
