import type { QrAdditionalData, QrCode as QrCodeAnswer, QrCodeStatus, QrTip, WalletCurrency } from '@pisto/contract'
import type { FreeText } from '../platform/committed-text.ts'
import { moneyOf } from '../platform/minor.ts'

/** A code that a merchant prints or shows, as the database has it. */
export interface QrCode {
  /** `qrc_…` */
  readonly id: string
  /** What was last written; what is true now says `statusAt`. */
  readonly status: QrCodeStatus
  /** `mer_…` */
  readonly merchantId: string
  readonly payload: string
  /** Null: the payer enters the amount. */
  readonly amountMinor: bigint | null
  readonly currency: WalletCurrency
  readonly tip: QrTip | null
  readonly additionalData: QrAdditionalData
  /** Opens the leaf's commitment to the additional data. */
  readonly salt: Uint8Array | null
  readonly isOneShot: boolean
  /** `pay_…` that reserves or has used it. */
  readonly paymentId: string | null
  /** When a reservation lapses by itself. */
  readonly reservedUntil: Date | null
  readonly expiresAt: Date | null
  readonly supersedes: string | null
  readonly supersededBy: string | null
  readonly revokedReason: string | null
  /** Opens the commitment to the reason, in the leaf that revoked it. */
  readonly reasonSalt: Uint8Array | null
  readonly createdAt: Date
}

/**
 * The status at a moment. Time needs nobody to book it: a code past its end is expired, a reservation past its hold's
 * expiry is none any more.
 *
 * @param time In plans the ledger's time, in reads business time.
 */
export function statusAt(
  { status, reservedUntil, expiresAt }: Pick<QrCode, 'status' | 'reservedUntil' | 'expiresAt'>,
  time: Date,
): QrCodeStatus {
  const isLapsed = status === 'reserved' && reservedUntil !== null && time >= reservedUntil
  if (status !== 'active' && !isLapsed) return status
  return expiresAt !== null && time >= expiresAt ? 'expired' : 'active'
}

/** What somebody wrote into the code: the leaf that makes it has a commitment to it. */
export const textOf = ({ additionalData }: Pick<QrCode, 'additionalData'>): FreeText => ({
  additionalData: { ...additionalData },
})

/** Why somebody withdrew it: the leaf that revokes it has a commitment to it. */
export const reasonTextOf = ({ revokedReason }: Pick<QrCode, 'revokedReason'>): FreeText => ({ reason: revokedReason })

/** As the wire has it. */
export function showQrCode(code: QrCode, livemode: boolean, time: Date): QrCodeAnswer {
  const { id, merchantId, payload, amountMinor, currency, tip, additionalData, isOneShot, paymentId, expiresAt } = code
  const { supersedes, supersededBy, revokedReason, createdAt } = code
  const status = statusAt(code, time)
  return {
    id,
    livemode,
    status,
    merchantId,
    payload,
    amount: amountMinor === null ? null : moneyOf(amountMinor, currency),
    tip,
    additionalData,
    oneShot: isOneShot,
    paymentId: status === 'used' || status === 'reserved' ? paymentId : null,
    expiresAt: expiresAt?.toISOString() ?? null,
    supersedes,
    supersededBy,
    revokedReason,
    createdAt: createdAt.toISOString(),
  }
}
