import { type PaymentRequestStatus, WrongStatus } from '@pisto/contract'

export type PaymentRequestEvent = 'reserve' | 'release' | 'pay' | 'cancel' | 'expire'

/**
 * The docs' diagram is drawn from this table. A status whose row is empty is terminal. A payment in one step goes
 * `open → paid`; one in two steps reserves first, and what it reserves it pays or releases. What is released after
 * its time expires in the same transaction.
 */
export const NEXT: Readonly<
  Record<PaymentRequestStatus, Readonly<Partial<Record<PaymentRequestEvent, PaymentRequestStatus>>>>
> = {
  open: { reserve: 'reserved', pay: 'paid', cancel: 'cancelled', expire: 'expired' },
  reserved: { pay: 'paid', release: 'open', expire: 'expired' },
  paid: {},
  expired: {},
  cancelled: {},
}

/** @throws {WrongStatus} `payment_request_wrong_status` */
export function nextStatus(from: PaymentRequestStatus, event: PaymentRequestEvent): PaymentRequestStatus {
  const to = NEXT[from][event]
  if (to === undefined) throw new WrongStatus('payment_request_wrong_status', { status: from, event })
  return to
}
