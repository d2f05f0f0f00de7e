import { Batch, type Planned } from './batch.ts'
import { StaleHead, type StateCache } from './cache.ts'
import type { Queryable, Statement } from './database/database.ts'
import { type Decision, findDecisions } from './decisions.ts'
import { ledgerTimeAfter } from './ledger-time.ts'
import { type Plan, type PlanContext, Refused } from './model.ts'
import { statesNamedBy } from './named-states.ts'
import type { Clock } from './runtime.ts'
import type { Waiting } from './waiting.ts'

/** A guard that refuses as often as this is believed: the plan does not see what the guard sees. */
const GUARD_ATTEMPTS = 5

export interface PrepareDeps {
  readonly tenantId: string
  readonly cache: StateCache
  readonly clock: Clock
  /** For those who turn out to have been decided before. */
  readonly settle: (caller: Waiting, decision: Decision) => void
}

/** A batch that is decided and can be sent; nothing has happened yet. */
export interface Prepared {
  readonly batch: Batch
  readonly statements: readonly Statement[]
  readonly decided: readonly (readonly [Waiting, Decision])[]
  /** They wait for the batch after this one. */
  readonly deferred: readonly Waiting[]
  readonly failed: readonly (readonly [Waiting, unknown])[]
}

/** Runs the plans of some callers and decides them on the head. */
export async function prepareBatch(
  deps: PrepareDeps,
  callers: readonly Waiting[],
  reader: Queryable,
): Promise<Prepared> {
  const { tenantId, cache, clock } = deps
  const head = await cache.head(reader)
  const ledgerTime = ledgerTimeAfter(head.ledgerTime, clock)
  const { planned, failed } = await runPlans(callers, { ledgerTime, reader })
  const plans = planned.flatMap(([, { wanted }]) => ('plan' in wanted ? [wanted.plan] : []))
  await cache.load(reader, statesNamedBy(plans))
  const undecided = await unlessDecided(deps, failed, reader)

  const batch = new Batch(tenantId, head, cache, ledgerTime)
  const decided: [Waiting, Decision][] = []
  const deferred: Waiting[] = []
  for (const [caller, wanted] of planned) {
    const ending = batch.decide(wanted)
    if (ending.kind === 'decided') decided.push([caller, ending.decision])
    else if (ending.kind === 'deferred') deferred.push(caller)
    else undecided.push([caller, await believed(cache, ending.error, reader)])
  }
  return { batch, statements: batch.statements(), decided, deferred, failed: undecided }
}

type Outcome = { readonly plan: Plan<unknown> } | { readonly error: unknown }

async function runPlans(
  callers: readonly Waiting[],
  context: Omit<PlanContext, 'transactionId'>,
): Promise<{ readonly planned: [Waiting, Planned][]; readonly failed: [Waiting, unknown][] }> {
  const started = callers.map((caller) => runPlan(caller, context))
  const outcomes = started.some((outcome) => outcome instanceof Promise) ? await Promise.all(started) : started
  const planned: [Waiting, Planned][] = []
  const failed: [Waiting, unknown][] = []
  for (const [index, outcome] of (outcomes as Outcome[]).entries()) {
    const caller = callers[index]
    if (caller === undefined) continue
    const { request, decisionId, transactionId } = caller
    const keep = (wanted: Planned['wanted']) => planned.push([caller, { request, decisionId, transactionId, wanted }])
    if ('error' in outcome) {
      if (outcome.error instanceof Refused) keep({ refusal: outcome.error.refusal })
      else failed.push([caller, outcome.error])
    } else if (caller.guardCode !== undefined && caller.guardRefusals >= GUARD_ATTEMPTS) {
      keep({ refusal: { code: caller.guardCode, facts: {} } })
    } else {
      keep(outcome)
    }
  }
  return { planned, failed }
}

/** A promise only where the plan reads: most batches have hundreds that do not. */
function runPlan(
  { plan, transactionId }: Waiting,
  context: Omit<PlanContext, 'transactionId'>,
): Outcome | Promise<Outcome> {
  try {
    const planned = plan({ ...context, transactionId })
    if (!(planned instanceof Promise)) return { plan: planned }
    return planned.then(
      (value) => ({ plan: value }),
      (error: unknown) => ({ error }),
    )
  } catch (error) {
    return { error }
  }
}

/** States of two heads contradict each other: an error that follows from that is no answer, the attempt is stale. */
async function believed(cache: StateCache, error: unknown, reader: Queryable): Promise<unknown> {
  if (await cache.isBehind(reader)) throw new StaleHead()
  return error
}

/** No refusal leaves before its key was looked up: a key with an outcome answers with that outcome. */
async function unlessDecided(
  { tenantId, settle }: PrepareDeps,
  failed: readonly [Waiting, unknown][],
  reader: Queryable,
): Promise<[Waiting, unknown][]> {
  const keyed = failed.filter(([{ request }]) => request.key !== undefined)
  const found = await findDecisions(
    reader,
    tenantId,
    keyed.map(([{ decisionId }]) => decisionId),
  )
  const known = new Map(found.map((decision) => [decision.decisionId, decision]))
  return failed.filter(([caller]) => {
    const decision = known.get(caller.decisionId)
    if (decision) settle(caller, decision)
    return decision === undefined
  })
}
