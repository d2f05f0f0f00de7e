import { findHolds } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler } from '../platform/due/due.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'

/** Books the expiry of a hold that nobody has posted or voided: the money is the payer's again. */
export const transactionDueHandlers = ({ ledger }: Pick<Runtime, 'ledger'>): Readonly<Record<string, DueHandler>> => ({
  'hold.expire': (item) =>
    decideDue(ledger, item, async ({ reader }) => {
      const [hold] = await findHolds(reader, item.tenantId, [item.reference])
      if (hold?.status !== 'pending') return { purpose: 'transaction.settled', answer: null }
      const { holdId, transactionId } = hold
      return {
        purpose: 'transaction.expired',
        references: { transactionId },
        transfers: [{ kind: 'voidPending', holdId }],
        events: [{ type: 'transaction.expired', objectId: transactionId, status: 'expired' }],
        answer: null,
      }
    }),
})
