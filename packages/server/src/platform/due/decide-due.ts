import type { Ledger, Plan, PlanContext } from '@pisto/ledger'
import type { DueItem } from './due.ts'

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
  const request = { tenantId, clientId: 'due', operation: kind, key: reference, bodyHash: NO_BODY }
  const decided = await ledger.decide<null>(request, (context) => {
    if (context.ledgerTime < dueAt) throw new Error(`${kind} ${reference} is not due yet`) // not stored
    return plan(context)
  })
  if (!decided.ok) throw new Error(`${kind} ${reference} was refused: ${decided.refusal.code}`)
}

const NO_BODY = new Uint8Array()
