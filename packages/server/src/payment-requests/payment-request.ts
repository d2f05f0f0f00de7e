import type { PaymentRequest as PaymentRequestAnswer, PaymentRequestStatus, WalletCurrency } from '@pisto/contract'
import { formatMinor } from '@pisto/money/text'
import type { FreeText } from '../platform/committed-text.ts'

/** The payee asks for an amount, as the database has it. */
export interface PaymentRequest {
  /** `req_…` */
  readonly id: string
  /** What was last written; what is true now says `statusAt`. */
  readonly status: PaymentRequestStatus
  /** `mer_…` */
  readonly merchantId: string
  readonly amountMinor: bigint
  readonly currency: WalletCurrency
  readonly reference: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** Opens the leaf's commitment to reference and metadata. */
  readonly salt: Uint8Array | null
  readonly challenge: string
  readonly qrPayload: string
  /** `pay_…` that reserves or has paid it. */
  readonly paymentId: string | null
  /** `mbr_…` who charged; null: a program of the bank. */
  readonly memberId: string | null
  /** When a reservation lapses by itself. */
  readonly reservedUntil: Date | null
  readonly expiresAt: Date
  readonly createdAt: Date
}

/** What somebody wrote: the leaf that makes the request has a commitment to it. */
export const textOf = ({ reference, metadata }: Pick<PaymentRequest, 'reference' | 'metadata'>): FreeText => ({
  reference,
  metadata,
})

/**
 * The status at a moment. Time needs nobody to book it: a request past its end is expired, a reservation past its
 * hold's expiry is none any more.
 *
 * @param time In plans the ledger's time, in reads business time.
 */
export function statusAt(
  { status, reservedUntil, expiresAt }: Pick<PaymentRequest, 'status' | 'reservedUntil' | 'expiresAt'>,
  time: Date,
): PaymentRequestStatus {
  const isLapsed = status === 'reserved' && reservedUntil !== null && time >= reservedUntil
  if (status !== 'open' && !isLapsed) return status
  return time >= expiresAt ? 'expired' : 'open'
}

/** As the wire has it. */
export function showPaymentRequest(request: PaymentRequest, livemode: boolean, time: Date): PaymentRequestAnswer {
  const { id, merchantId, reference, challenge, qrPayload, paymentId, memberId, metadata, currency } = request
  const status = statusAt(request, time)
  return {
    id,
    livemode,
    status,
    merchantId,
    amount: { amount: formatMinor(request.amountMinor, currency), currency },
    reference,
    challenge,
    qr: { payload: qrPayload },
    paymentId: status === 'paid' || status === 'reserved' ? paymentId : null,
    memberId,
    expiresAt: request.expiresAt.toISOString(),
    metadata,
    createdAt: request.createdAt.toISOString(),
  }
}
