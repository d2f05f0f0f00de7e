import type { Journal } from '../src/payments/journal.ts'
import type { PaymentOrder } from '../src/payments/order.ts'
import type { OrderStatus } from '../src/payments/states.ts'

/** Whether the power goes just before a status is on record, or just after. */
export type Moment = 'before' | 'after'

/**
 * A journal of a process that dies at a certain record: from then on nothing is recorded and nothing comes back, as if
 * the machine were off. What was recorded until then is in the journal beneath.
 */
export function crashingJournal(journal: Journal, moment: Moment, status: OrderStatus) {
  let isDead = false
  const died = Promise.withResolvers<void>()
  const silence = new Promise<never>(() => {})
  const die = (): Promise<never> => {
    isDead = true
    died.resolve()
    return silence
  }
  const crashing: Journal = {
    find: (orderId) => (isDead ? silence : journal.find(orderId)),
    findByPayment: (paymentId) => journal.findByPayment(paymentId),
    unfinished: () => (isDead ? silence : journal.unfinished()),
    async record(order: PaymentOrder, from: OrderStatus | undefined) {
      if (isDead) return silence
      if (order.status !== status) return journal.record(order, from)
      if (moment === 'after') await journal.record(order, from)
      return die()
    },
  }
  return { journal: crashing, died: died.promise }
}
