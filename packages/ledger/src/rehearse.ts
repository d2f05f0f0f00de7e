import { Batch, type Planned } from './batch.ts'
import { StateCache } from './cache.ts'
import type { Database, Transaction } from './database/database.ts'
import { ledgerTimeAfter } from './ledger-time.ts'
import { type Decided, type Plan, type PlanContext, Refused } from './model.ts'
import { statesNamedBy } from './named-states.ts'
import type { Clock, IdSource } from './runtime.ts'
import { toUuid } from './type-id.ts'
import { lockBooks } from './write.ts'

export interface RehearsalDeps {
  readonly db: Database
  readonly clock: Clock
  readonly ids: IdSource
}

/**
 * Decides a plan on the books as they are, writes it, and takes it all back: the answer is what a decision would have
 * given at this moment, with the guards of its companions asked. Other writers of the tenant wait for as long as it
 * takes.
 *
 * @throws {ClockBehind}
 * @throws whatever the plan threw that is not `Refused`
 */
export async function rehearse(
  { db, clock, ids }: RehearsalDeps,
  tenantId: string,
  plan: (context: PlanContext) => Plan<unknown> | Promise<Plan<unknown>>,
): Promise<Decided<unknown>> {
  try {
    return await db.transaction(async (tx) => {
      const lock = lockBooks(toUuid(tenantId, 'ten'))
      await tx.query(lock.sql, lock.parameters)
      const cache = new StateCache(tenantId)
      const head = await cache.head(tx)
      const ledgerTime = ledgerTimeAfter(head.ledgerTime, clock)
      const asked = unrepeatable(tenantId, ids)
      const { transactionId } = asked
      const planned = { ...asked, wanted: { plan: await plan({ ledgerTime, transactionId, reader: tx }) } }
      await cache.load(tx, statesNamedBy([planned.wanted.plan]))
      throw new Rehearsed(await act(new Batch(tenantId, head, cache, ledgerTime), planned, tx))
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.decided
    if (error instanceof Refused) return { ok: false, refusal: error.refusal, replayed: false }
    throw error
  }
}

async function act(batch: Batch, planned: Planned, tx: Transaction): Promise<Decided<unknown>> {
  const ending = batch.decide(planned)
  if (ending.kind === 'failed') throw ending.error
  if (ending.kind === 'deferred') throw new Error('a plan alone in its batch was deferred')
  if (!ending.decision.done) return { ok: false, refusal: JSON.parse(ending.decision.outcome), replayed: false }
  const code = batch.notTaken(await tx.flight(batch.statements())).get(planned.decisionId)
  if (code !== undefined) return { ok: false, refusal: { code, facts: {} }, replayed: false }
  return { ok: true, answer: JSON.parse(ending.decision.outcome), replayed: false }
}

/** Carries the answer out of the transaction, which is thereby rolled back. */
class Rehearsed extends Error {
  readonly decided: Decided<unknown>
  constructor(decided: Decided<unknown>) {
    super('rehearsed')
    this.decided = decided
  }
}

const unrepeatable = (tenantId: string, ids: IdSource): Omit<Planned, 'wanted'> => ({
  request: { tenantId, clientId: '', operation: 'rehearsal', key: undefined, bodyHash: new Uint8Array() },
  decisionId: toUuid(ids.next('dcn')),
  transactionId: ids.next('txn'),
})
