import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { expireRequest } from './moves.ts'
import { findPaymentRequest } from './store.ts'

/**
 * Books the expiry of requests. A request that a payment has reserved is left alone: whatever voids that payment's
 * hold also ends the request.
 */
export const paymentRequestDueHandlers = ({
  ledger,
}: Pick<Runtime, 'ledger'>): Readonly<Record<string, DueHandler>> => ({
  'paymentRequest.expire': (item) =>
    decideDue(ledger, item, async ({ reader, ledgerTime }) => {
      const request = await findPaymentRequest(reader, item.tenantId, item.reference)
      const expired = request && expireRequest(request, ledgerTime)
      if (expired === undefined) return { purpose: 'paymentRequest.settled', answer: null }
      return {
        purpose: 'paymentRequest.expired',
        references: { paymentRequestId: expired.to.id, merchantId: expired.to.merchantId },
        events: expired.events,
        companions: expired.companions,
        answer: null,
      }
    }),
})
