import type { Ledger, Plan, PlanContext } from '@pisto/ledger'
import type { DueItem } from './due.ts'
import { mustStep } from './step.ts'

/**
 * Has the ledger decide a due item, once: the key is the item itself, so that a second worker, or this one after a
 * crash, changes nothing more.
 *
 * @param plan Called only when the item's time has come by the ledger's clock.
 * @throws {Error} it is too early, or the plan was refused: the item stays due
 */
export async function decideDue(
  ledger: Ledger,
  { tenantId, kind, reference, dueAt }: DueItem,
  plan: (context: PlanContext) => Promise<Plan<null>>,
): Promise<void> {
  await mustStep<null>(ledger, tenantId, { operation: kind, key: reference }, async (context) => {
    if (context.ledgerTime < dueAt) throw new Error(`${kind} ${reference} is not due yet`) // not stored
    return plan(context)
  })
}
