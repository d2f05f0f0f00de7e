import { type PaymentRequestStatus, WrongStatus } from '@pisto/contract'
import type { CompanionRow, EventPlan } from '@pisto/ledger'
import { type PaymentRequest, statusAt } from './payment-request.ts'
import { nextStatus, type PaymentRequestEvent } from './states.ts'
import { movePaymentRequests } from './store.ts'

/** What a plan adds when it moves a request. */
export interface RequestMove {
  readonly to: PaymentRequest
  readonly companions: readonly CompanionRow[]
  readonly events: readonly EventPlan[]
}

/**
 * A request can be taken by a payment only while it is open.
 *
 * @throws {WrongStatus} `payment_request_already_paid`, `payment_request_expired`, `payment_request_wrong_status`
 */
export function requireOpen(request: PaymentRequest, time: Date): void {
  const status = statusAt(request, time)
  const paymentRequestId = request.id
  if (status === 'paid' || status === 'reserved') {
    throw new WrongStatus('payment_request_already_paid', { paymentRequestId })
  }
  if (status === 'expired') throw new WrongStatus('payment_request_expired', { paymentRequestId })
  if (status !== 'open') throw new WrongStatus('payment_request_wrong_status', { paymentRequestId, status })
}

/** A payment in one step pays an open request; one in two steps pays what it has reserved. */
export const payRequest = (request: PaymentRequest, paymentId: string, time: Date): RequestMove =>
  move(request, 'pay', time, { paymentId, reservedUntil: null })

/** A payment in two steps keeps others away until its hold expires. */
export const reserveRequest = (request: PaymentRequest, paymentId: string, until: Date, time: Date): RequestMove =>
  move(request, 'reserve', time, { paymentId, reservedUntil: until })

/** @throws {WrongStatus} `payment_request_already_paid`, also while a payment has reserved it, or `…_wrong_status` */
export function cancelRequest(request: PaymentRequest, time: Date): RequestMove {
  const status = statusAt(request, time)
  if (status === 'paid' || status === 'reserved') {
    throw new WrongStatus('payment_request_already_paid', { paymentRequestId: request.id })
  }
  return move(request, 'cancel', time, FREE)
}

/** @returns Undefined: there is nothing to book, since it is settled already or a payment has reserved it. */
export function expireRequest(request: PaymentRequest, time: Date): RequestMove | undefined {
  if (statusAt(request, time) !== 'expired' || request.status === 'expired') return undefined
  return moveTo(request, nextStatus(request.status, 'expire'), FREE)
}

/**
 * What becomes of a request when a payment's hold is voided: open again, or expired if its time is over.
 *
 * @returns Undefined: the payment does not hold the request (any more).
 */
export function releaseRequest(request: PaymentRequest, paymentId: string, time: Date): RequestMove | undefined {
  if (request.status !== 'reserved' || request.paymentId !== paymentId) return undefined
  const event = time >= request.expiresAt ? 'expire' : 'release'
  return moveTo(request, nextStatus(request.status, event), FREE)
}

const FREE = { paymentId: null, reservedUntil: null } as const

function move(request: PaymentRequest, event: PaymentRequestEvent, time: Date, taken: Taken): RequestMove {
  const isOwn = request.status === 'reserved' && request.paymentId === taken.paymentId
  return moveTo(request, nextStatus(isOwn ? 'reserved' : statusAt(request, time), event), taken)
}

type Taken = Pick<PaymentRequest, 'paymentId' | 'reservedUntil'>

/** Of these moves the world is told. */
const EVENT: Readonly<Partial<Record<PaymentRequestStatus, string>>> = {
  paid: 'paymentRequest.paid',
  cancelled: 'paymentRequest.cancelled',
  expired: 'paymentRequest.expired',
}

function moveTo(from: PaymentRequest, status: PaymentRequestStatus, taken: Taken): RequestMove {
  const to = { ...from, status, ...taken }
  const type = EVENT[status]
  return {
    to,
    companions: [movePaymentRequests.row({ from, to })],
    events: type === undefined ? [] : [{ type, objectId: from.id, status }],
  }
}
