import type { HoldView } from './holds.ts'
import type { TransactionView } from './ledger.ts'
import { Refused, type TransferPlan } from './model.ts'

/**
 * The transfers that undo a transaction: what was posted goes back, what is still held is voided. They count against no
 * limit and give none back. Nothing is changed: the reversal is a transaction of its own.
 *
 * @param holds Of the transaction's pending transfers, as they are now.
 * @throws {Refused} `transaction_not_reversible`: nothing of it is left to undo, or a hold of it was posted by another
 *   transaction (reverse that one)
 */
export function reversalOf(transaction: TransactionView, holds: readonly HoldView[]): TransferPlan[] {
  const status = new Map(holds.map((hold) => [hold.holdId, hold.status]))
  const plans = transaction.transfers
    .toReversed()
    .flatMap(({ kind, debit, credit, amount, holdId }): TransferPlan[] => {
      if (kind === 'posted' || kind === 'postPending') {
        return [{ kind: 'posted', debit: credit, credit: debit, amount, uncounted: true }]
      }
      if (kind === 'voidPending' || holdId === null) return []
      if (status.get(holdId) === 'posted') throw new Refused('transaction_not_reversible', { holdId })
      return status.get(holdId) === 'pending' ? [{ kind: 'voidPending', holdId }] : []
    })
  if (plans.length > 0) return plans
  throw new Refused('transaction_not_reversible', { transactionId: transaction.transactionId })
}
