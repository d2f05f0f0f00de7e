import { setTimeout as delay } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { Batch, type Planned } from './batch.ts'
import { StateCache } from './cache.ts'
import {
  ConnectionLost,
  type Database,
  type Queryable,
  type Transaction,
  UniqueViolation,
} from './database/database.ts'
import { type Decision, decisionIdOf, findDecisions } from './decisions.ts'
import { ledgerTimeAfter } from './ledger-time.ts'
import {
  ClockBehind,
  type Decided,
  KeyReused,
  LedgerOverloaded,
  type LedgerRequest,
  type Plan,
  type PlanContext,
  Refused,
} from './model.ts'
import { statesNamedBy } from './named-states.ts'
import type { Clock, IdSource } from './runtime.ts'
import { toUuid } from './type-id.ts'
import { lockBooks } from './write.ts'

export interface WriterOptions {
  readonly db: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly queueLimit: number
  readonly batchLimit: number
  readonly onCommit: () => void
}

export type PlanFunction = (context: PlanContext) => Plan<unknown> | Promise<Plan<unknown>>

/** A caller that waits. */
interface Waiting {
  readonly request: LedgerRequest
  readonly decisionId: string
  readonly transactionId: string
  readonly plan: PlanFunction
  /** Times that a guard refused it, with the code. */
  guardRefusals: number
  guardCode: string | undefined
  readonly resolve: (decided: Decided<unknown>) => void
  readonly reject: (error: unknown) => void
}

/** A guard that refuses as often as this is believed: the plan does not see what the guard sees. */
const GUARD_ATTEMPTS = 5
const RECENT_DECISIONS = 20_000
/** After a collision the process decides under the lock for this long: another process is writing, too. */
const CONTENDED_MS = 1_000
/** Waits between attempts when the database does not answer. */
const RECONNECT_MS = [50, 200, 800]

/**
 * One tenant's writer in this process: gathers concurrent callers into batches, one in flight, decides each batch in
 * memory and writes it once, fenced by the batch number (docs/concepts/ledger.md).
 */
export class TenantWriter {
  readonly #tenantId: string
  readonly #options: WriterOptions
  readonly #cache: StateCache
  readonly #recent = new LRUCache<string, Decision>({ max: RECENT_DECISIONS })
  readonly #queue: Waiting[] = []
  #draining: Promise<void> | undefined
  #contendedUntilMs = 0

  constructor(tenantId: string, options: WriterOptions) {
    this.#tenantId = tenantId
    this.#options = options
    this.#cache = new StateCache(tenantId)
  }

  submit(request: LedgerRequest, plan: PlanFunction): Promise<Decided<unknown>> {
    if (this.#queue.length >= this.#options.queueLimit) return Promise.reject(new LedgerOverloaded())
    return new Promise((resolve, reject) => {
      const decisionId = decisionIdOf(request, this.#options.ids)
      const transactionId = this.#options.ids.next('txn')
      this.#queue.push({
        request,
        decisionId,
        transactionId,
        plan,
        guardRefusals: 0,
        guardCode: undefined,
        resolve,
        reject,
      })
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when nobody waits any more. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    await delay(0) // callers of the same tick travel together
    while (this.#queue.length > 0) {
      await this.#answer(this.#queue.splice(0, this.#options.batchLimit))
    }
    this.#draining = undefined
  }

  /** Settles every one of some callers. Callers with the same key follow the first of them. */
  async #answer(callers: readonly Waiting[]): Promise<void> {
    const leaders = new Map<string, Waiting>()
    const followers: Waiting[] = []
    for (const caller of callers) {
      const known = this.#recent.get(caller.decisionId)
      if (known) settle(caller, known, true)
      else if (leaders.has(caller.decisionId)) followers.push(caller)
      else leaders.set(caller.decisionId, caller)
    }
    const errors = await this.#decideAll([...leaders.values()])
    for (const caller of followers) {
      const decision = this.#recent.get(caller.decisionId)
      if (decision) settle(caller, decision, true)
      else caller.reject(errors.get(caller.decisionId))
    }
  }

  /** @returns The errors of those that were not decided, by decision id. */
  async #decideAll(leaders: readonly Waiting[]): Promise<Map<string, unknown>> {
    const errors = new Map<string, unknown>()
    const fail = ({ decisionId, reject }: Waiting, error: unknown): void => {
      errors.set(decisionId, error)
      reject(error)
    }
    const failures: Failures = { lostCount: 0, isRetried: false }
    const groups: (readonly Waiting[])[] = [leaders]
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      if (group.length === 0) continue
      try {
        const { deferred, failed } = await this.#attempt(group)
        for (const [caller, error] of failed) fail(caller, error)
        groups.unshift(deferred)
        failures.lostCount = 0
      } catch (error) {
        const next = await this.#nextAttempts(error, group, failures).catch((later: unknown) => ({ later }))
        if (Array.isArray(next) && next.length > 0) groups.unshift(...next)
        else for (const caller of group) fail(caller, 'later' in next ? next.later : error)
      }
    }
    return errors
  }

  /** What to try after a failed attempt; nothing: the error is these callers' answer. */
  async #nextAttempts(
    error: unknown,
    group: readonly Waiting[],
    failures: Failures,
  ): Promise<readonly (readonly Waiting[])[]> {
    if (error instanceof ClockBehind) return []
    if (error instanceof GuardRefused) return [group]
    if (error instanceof UniqueViolation && error.violates('decisions_pkey')) return [await this.#withoutDecided(group)]
    if (error instanceof StaleHead || (error instanceof UniqueViolation && error.violates('batches_pkey'))) {
      this.#contendedUntilMs = performance.now() + CONTENDED_MS
      if (this.#options.db.kind === 'pglite') this.#cache.forget() // there the next attempt does not catch up by itself
      return [group]
    }
    this.#cache.forget() // whether anything was written is unknown
    if (error instanceof ConnectionLost) {
      const waitMs = RECONNECT_MS[failures.lostCount++]
      if (waitMs === undefined) return []
      await delay(waitMs)
      return [group]
    }
    if (!failures.isRetried) {
      failures.isRetried = true // perhaps a passing fault: once more, whole
      return [group]
    }
    const middle = group.length >> 1
    return middle === 0 ? [] : [group.slice(0, middle), group.slice(middle)]
  }

  /** Settles those that were decided before (by another process, or a commit of unknown outcome); gives the rest. */
  async #withoutDecided(group: readonly Waiting[]): Promise<Waiting[]> {
    const ids = group.map(({ decisionId }) => decisionId)
    const found = await findDecisions(this.#options.db, this.#tenantId, ids)
    const known = new Map(found.map((decision) => [decision.decisionId, decision]))
    return group.filter((caller) => {
      const decision = known.get(caller.decisionId)
      if (decision) this.#settleAs(caller, decision, true)
      return decision === undefined
    })
  }

  #settleAs(caller: Waiting, decision: Decision, replayed: boolean): void {
    this.#recent.set(decision.decisionId, decision)
    settle(caller, decision, replayed)
  }

  async #attempt(group: readonly Waiting[]): Promise<Attempted> {
    const { db } = this.#options
    const isContended = db.kind === 'postgres' && performance.now() < this.#contendedUntilMs
    const written = isContended
      ? await db.transaction(async (tx) => {
          const lock = lockBooks(toUuid(this.#tenantId, 'ten'))
          await tx.query(lock.sql, lock.parameters)
          await this.#cache.catchUp(tx)
          return this.#write(group, tx, tx)
        })
      : await this.#write(group, db, undefined)
    return written.commit()
  }

  /** Plans, decides and writes; what follows the commit is in the answer's `commit`. */
  async #write(group: readonly Waiting[], reader: Queryable, tx: Transaction | undefined): Promise<Written> {
    const head = await this.#cache.head(reader)
    const ledgerTime = ledgerTimeAfter(head.ledgerTime, this.#options.clock)
    const { planned, failed } = await this.#plan(group, { ledgerTime, reader })
    const plans = planned.flatMap(([, { wanted }]) => ('plan' in wanted ? [wanted.plan] : []))
    await this.#cache.load(reader, statesNamedBy(plans))

    const batch = new Batch(this.#tenantId, head, this.#cache, ledgerTime)
    const decided: [Waiting, Decision][] = []
    const deferred: Waiting[] = []
    for (const [caller, wanted] of planned) {
      const ending = batch.decide(wanted)
      if (ending.kind === 'decided') decided.push([caller, ending.decision])
      else if (ending.kind === 'deferred') deferred.push(caller)
      else failed.push([caller, await this.#believed(ending.error, reader)])
    }
    if (!batch.isEmpty) await this.#send(batch, group, tx)

    return {
      commit: () => {
        if (!batch.isEmpty) this.#cache.advance(batch)
        for (const [caller, decision] of decided) this.#settleAs(caller, decision, false)
        if (!batch.isEmpty) this.#options.onCommit()
        return { deferred, failed }
      },
    }
  }

  /** States of two heads contradict each other: an error that follows from that is no answer, the attempt is stale. */
  async #believed(error: unknown, reader: Queryable): Promise<unknown> {
    if (await this.#cache.isBehind(reader)) throw new StaleHead()
    return error
  }

  async #plan(group: readonly Waiting[], context: Omit<PlanContext, 'transactionId'>): Promise<PlannedGroup> {
    const planned: [Waiting, Planned][] = []
    const failed: [Waiting, unknown][] = []
    const outcomes = await Promise.allSettled(
      group.map(async (caller) => caller.plan({ ...context, transactionId: caller.transactionId })),
    )
    for (const [index, outcome] of outcomes.entries()) {
      const caller = group[index]
      if (caller === undefined) continue
      const { request, decisionId, transactionId } = caller
      const keep = (wanted: Planned['wanted']) => planned.push([caller, { request, decisionId, transactionId, wanted }])
      if (outcome.status === 'rejected') {
        if (outcome.reason instanceof Refused) keep({ refusal: outcome.reason.refusal })
        else failed.push([caller, outcome.reason])
      } else if (caller.guardCode !== undefined && caller.guardRefusals >= GUARD_ATTEMPTS) {
        keep({ refusal: { code: caller.guardCode, facts: {} } })
      } else {
        keep({ plan: outcome.value })
      }
    }
    return { planned, failed: await this.#unlessDecided(failed, context.reader) }
  }

  /** No refusal leaves before its key was looked up: a key with an outcome answers with that outcome. */
  async #unlessDecided(failed: [Waiting, unknown][], reader: Queryable): Promise<[Waiting, unknown][]> {
    const keyed = failed.filter(([{ request }]) => request.key !== undefined)
    const found = await findDecisions(
      reader,
      this.#tenantId,
      keyed.map(([{ decisionId }]) => decisionId),
    )
    const known = new Map(found.map((decision) => [decision.decisionId, decision]))
    return failed.filter(([caller]) => {
      const decision = known.get(caller.decisionId)
      if (decision) this.#settleAs(caller, decision, true)
      return decision === undefined
    })
  }

  async #send(batch: Batch, group: readonly Waiting[], tx: Transaction | undefined): Promise<void> {
    const { db } = this.#options
    const statements = batch.statements()
    const guarded = async (on: Transaction, sent: typeof statements): Promise<void> => {
      const refused = batch.notTaken(await on.flight(sent))
      if (refused.size === 0) return
      for (const caller of group) {
        const code = refused.get(caller.decisionId)
        if (code === undefined) continue
        caller.guardRefusals++
        caller.guardCode = code
      }
      throw new GuardRefused() // rolls back; the next attempt plans on what is there now
    }
    if (tx) return guarded(tx, statements)
    const locked = [lockBooks(toUuid(this.#tenantId, 'ten')), ...statements]
    if (batch.isGuarded) await db.transaction((own) => guarded(own, locked))
    else await db.flight(locked)
  }
}

/** What went wrong so far while a batch was decided. */
interface Failures {
  lostCount: number
  isRetried: boolean
}

interface Attempted {
  readonly deferred: Waiting[]
  readonly failed: readonly (readonly [Waiting, unknown])[]
}

interface Written {
  readonly commit: () => Attempted
}

interface PlannedGroup {
  readonly planned: [Waiting, Planned][]
  readonly failed: [Waiting, unknown][]
}

/** Another process has written since: seen before the fence was reached. */
class StaleHead extends Error {}

/** A guard did not take some row: the batch was rolled back. */
class GuardRefused extends Error {}

function settle({ request, resolve, reject }: Waiting, { bodyHash, done, outcome }: Decision, replayed: boolean): void {
  const value = JSON.parse(outcome)
  if (!sameBytes(bodyHash, request.bodyHash)) reject(new KeyReused())
  else if (done) resolve({ replayed, ok: true, answer: value })
  else resolve({ replayed, ok: false, refusal: value })
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
