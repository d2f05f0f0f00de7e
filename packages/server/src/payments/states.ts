import { type PaymentStatus, WrongStatus } from '@pisto/contract'

export type PaymentEvent =
  | 'hold'
  | 'require'
  | 'confirm'
  | 'complete'
  | 'fail'
  | 'cancel'
  | 'expire'
  | 'refundPart'
  | 'refundRest'

/** The docs' diagram is drawn from this table. A status whose row is empty is terminal. */
// biome-ignore format: a table
export const NEXT: Readonly<Record<PaymentStatus, Readonly<Partial<Record<PaymentEvent, PaymentStatus>>>>> = {
  created:              { require: 'requiresConfirmation', hold: 'pending', complete: 'completed', fail: 'failed' },
  requiresConfirmation: { confirm: 'pending', cancel: 'cancelled', expire: 'expired' },
  pending:              { complete: 'completed', fail: 'failed', cancel: 'cancelled', expire: 'expired' },
  completed:            { refundPart: 'partiallyRefunded', refundRest: 'refunded' },
  partiallyRefunded:    { refundPart: 'partiallyRefunded', refundRest: 'refunded' },
  refunded:             {},
  failed:               {},
  expired:              {},
  cancelled:            {},
}

/** @throws {WrongStatus} `payment_wrong_status` */
export function nextStatus(from: PaymentStatus, event: PaymentEvent): PaymentStatus {
  const to = NEXT[from][event]
  if (to === undefined) throw new WrongStatus('payment_wrong_status', { status: from, event })
  return to
}
