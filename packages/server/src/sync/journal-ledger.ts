import { PistoProblem } from '@pisto/contract'
import type { CompanionRow, Decided, EventPlan, Ledger, LedgerRequest, Plan, PlanContext } from '@pisto/ledger'

/** What commits with an operation because a journal asked for it. */
export interface JournalExtras {
  readonly companions: readonly CompanionRow[]
  readonly events?: readonly EventPlan[]
  readonly references?: Readonly<Record<string, string>>
  readonly commitments?: readonly string[]
}

export interface Journaling {
  /** Looked at first, by the same reader as the plan's: throws what refuses. */
  readonly before?: ((context: PlanContext) => Promise<void>) | undefined
  /** @param planned What happens if this commits. */
  readonly extras: (planned: Plan<unknown>, context: PlanContext) => JournalExtras
}

/** The code with which an operation refuses its transaction when it was decided before. */
export const OPERATION_DECIDED = 'sync_operation_decided'

type PlanFunction<Answer> = (context: PlanContext) => Plan<Answer> | Promise<Plan<Answer>>

/**
 * The same ledger, but what is decided on it first commits together with the note that an operation of a journal was
 * applied: both or neither. So every operation keeps its own service and all of its rules, and is applied once.
 */
export function journalLedger(ledger: Ledger, { before, extras }: Journaling): Ledger {
  let isNoted = false
  const decide = async <Answer>(request: LedgerRequest, plan: PlanFunction<Answer>): Promise<Decided<Answer>> => {
    if (isNoted) return ledger.decide(request, plan)
    const decided = await ledger.decide<Answer>(request, async (context) => {
      await before?.(context)
      return extended(await plan(context), context)
    })
    if (!decided.ok && decided.refusal.code === OPERATION_DECIDED) throw new PistoProblem('idempotency_in_progress')
    isNoted = decided.ok
    return decided
  }
  const extended = <Answer>(planned: Plan<Answer>, context: PlanContext): Plan<Answer> => {
    const { companions, events = [], references = {}, commitments = [] } = extras(planned, context)
    return {
      ...planned,
      references: { ...planned.references, ...references },
      events: [...(planned.events ?? []), ...events],
      commitments: [...(planned.commitments ?? []), ...commitments],
      companions: [...companions, ...(planned.companions ?? [])],
    }
  }
  return { ...ledger, decide }
}
