import type { CompanionRow, EventPlan, Queryable } from '@pisto/ledger'
import { payRequest, releaseRequest, reserveRequest } from '../payment-requests/moves.ts'
import type { PaymentRequest } from '../payment-requests/payment-request.ts'
import { findPaymentRequest } from '../payment-requests/store.ts'
import { releaseCode, reserveCode, useCode, useReserved } from '../qr-codes/moves.ts'
import type { QrCode } from '../qr-codes/qr-code.ts'
import { findQrCode } from '../qr-codes/store.ts'
import type { PaymentDraft } from './payment.ts'

/** What a plan adds when the request or code that a payment takes moves with it. */
export interface TakenMove {
  readonly companions: readonly CompanionRow[]
  readonly events: readonly EventPlan[]
}

/** What only one payment may have: the request that it pays, or the one-shot code that was scanned. */
export interface Taken {
  /** By a payment in one step. */
  complete(paymentId: string, time: Date): TakenMove
  /** By a payment in two steps, until its hold expires. */
  reserve(paymentId: string, until: Date, time: Date): TakenMove
  /** By the payment that has reserved it. @returns Undefined: it has not (any more). */
  completeReserved(paymentId: string, time: Date): TakenMove | undefined
  release(paymentId: string, time: Date): TakenMove | undefined
}

/** @param code Any that was scanned; those for many payments are not taken by one. */
export function takenOf(request: PaymentRequest | undefined, code: QrCode | undefined): Taken | undefined {
  if (request !== undefined) return requestTaken(request)
  return code?.isOneShot ? codeTaken(code) : undefined
}

/** What a payment took when it was made. */
export async function findTaken(
  reader: Queryable,
  tenantId: string,
  { paymentRequestId, qrCodeId }: Pick<PaymentDraft, 'paymentRequestId' | 'qrCodeId'>,
): Promise<Taken | undefined> {
  if (paymentRequestId !== null) return takenOf(await findPaymentRequest(reader, tenantId, paymentRequestId), undefined)
  return qrCodeId === null ? undefined : takenOf(undefined, await findQrCode(reader, tenantId, qrCodeId))
}

const requestTaken = (request: PaymentRequest): Taken => ({
  complete: (paymentId, time) => payRequest(request, paymentId, time),
  reserve: (paymentId, until, time) => reserveRequest(request, paymentId, until, time),
  completeReserved: (paymentId, time) => payRequest(request, paymentId, time),
  release: (paymentId, time) => releaseRequest(request, paymentId, time),
})

const codeTaken = (code: QrCode): Taken => ({
  complete: (paymentId, time) => useCode(code, paymentId, time),
  reserve: (paymentId, until, time) => reserveCode(code, paymentId, until, time),
  completeReserved: (paymentId) => useReserved(code, paymentId),
  release: (paymentId, time) => releaseCode(code, paymentId, time),
})
