import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { voidHold } from './resolution.ts'
import { findPayment } from './store.ts'

/** Books the expiry of holds: the payer gets the money back, the request is open again or expires with it. */
export const paymentDueHandlers = ({ ledger }: Pick<Runtime, 'ledger'>): Readonly<Record<string, DueHandler>> => ({
  'payment.expire': (item) =>
    decideDue(ledger, item, async (context) => {
      const payment = await findPayment(context.reader, item.tenantId, item.reference)
      if (payment?.status !== 'pending') return { purpose: 'payment.settled', answer: null }
      const { plan } = await voidHold(context, item.tenantId, payment, 'expire')
      return { ...plan, answer: null }
    }),
})
