import type { Decided, Ledger, Plan, PlanContext } from '@pisto/ledger'

/**
 * One step of background work at one tenant, decided once: a second worker, or this one after a crash, gets the first
 * outcome.
 *
 * @param key What it is about: another key is another step.
 */
export const step = <Answer>(
  ledger: Ledger,
  tenantId: string,
  { operation, key }: { readonly operation: string; readonly key: string },
  plan: (context: PlanContext) => Promise<Plan<Answer>>,
): Promise<Decided<Answer>> =>
  ledger.decide<Answer>({ tenantId, clientId: 'due', operation, key, bodyHash: NO_BODY }, plan)

/** @throws {Error} it was refused: a step that nobody may refuse */
export async function mustStep<Answer>(...of: Parameters<typeof step<Answer>>): Promise<Answer> {
  const decided = await step(...of)
  if (decided.ok) return decided.answer
  throw new Error(`${of[2].operation} ${of[2].key} was refused: ${decided.refusal.code}`)
}

const NO_BODY = new Uint8Array()
