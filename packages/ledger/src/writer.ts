import { setTimeout as delay, setImmediate as tick } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Batch } from './batch.ts'
import { StaleHead, StateCache } from './cache.ts'
import {
  ConnectionLost,
  type Database,
  type Queryable,
  type Statement,
  type Transaction,
  UniqueViolation,
} from './database/database.ts'
import { type Decision, decisionIdOf, findDecisions } from './decisions.ts'
import { ClockBehind, type Decided, LedgerOverloaded, type LedgerRequest } from './model.ts'
import { NextBatch } from './next-batch.ts'
import type { LedgerObserver } from './observer.ts'
import { type Prepared, prepareBatch } from './prepare.ts'
import type { Clock, IdSource } from './runtime.ts'
import { toUuid } from './type-id.ts'
import { type Group, type PlanFunction, settle, type Waiting } from './waiting.ts'
import { lockBooks } from './write.ts'

export interface WriterOptions {
  readonly db: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly queueLimit: number
  readonly batchLimit: number
  readonly divideFrom: number
  readonly onCommit: () => void
  readonly observer: LedgerObserver | undefined
}

const RECENT_DECISIONS = 20_000
/** After a collision the process decides under the lock for this long: another process is writing, too. */
const CONTENDED_MS = 1_000
/** Waits between attempts when the database does not answer. */
const RECONNECT_MS = [50, 200, 800]

/**
 * One tenant's writer in this process: gathers concurrent callers into batches, one in flight, decides each batch in
 * memory and writes it once, fenced by the batch number (docs/concepts/ledger.md). While one batch is being written the
 * next is decided on the states that it will leave; if it is not written, that work is thrown away
 * (docs/decisions/0006-decide-while-writing.md).
 */
export class TenantWriter {
  readonly #tenantId: string
  readonly #options: WriterOptions
  readonly #cache: StateCache
  readonly #recent = new LRUCache<string, Decision>({ max: RECENT_DECISIONS })
  readonly #queue: Waiting[] = []
  #next: NextBatch | undefined
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

  get waitingCount(): number {
    return this.#queue.length
  }

  /** Resolves when nobody waits any more. */
  async idle(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    for (;;) {
      const next = this.#next
      this.#next = undefined
      if (next) {
        await this.#answer(next.group, next)
        continue
      }
      await tick() // callers of the same tick travel together
      if (this.#queue.length === 0) break
      await this.#answer(this.#gather(this.#take(0)))
    }
    this.#draining = undefined
  }

  /** Half of all callers, so that database and process both have work all the time; few are not divided. */
  #take(inFlightCount: number): readonly Waiting[] {
    const { batchLimit, divideFrom } = this.#options
    const half = Math.ceil((this.#queue.length + inFlightCount) / 2)
    return this.#queue.splice(0, Math.min(batchLimit, half < divideFrom ? this.#queue.length : half))
  }

  /** Answers what was decided a moment ago; of the others, callers with the same key follow the first of them. */
  #gather(callers: readonly Waiting[]): Group {
    const leaders = new Map<string, Waiting>()
    const followers: Waiting[] = []
    for (const caller of callers) {
      const known = this.#recent.get(caller.decisionId)
      if (known) settle(caller, known, true)
      else if (leaders.has(caller.decisionId)) followers.push(caller)
      else leaders.set(caller.decisionId, caller)
    }
    return { leaders: [...leaders.values()], followers }
  }

  /** Settles every one of some callers. */
  async #answer({ leaders, followers }: Group, next?: NextBatch): Promise<void> {
    const errors = await this.#decideAll(leaders, next)
    for (const caller of followers) {
      const decision = this.#recent.get(caller.decisionId)
      if (decision) settle(caller, decision, true)
      else caller.reject(errors.get(caller.decisionId))
    }
  }

  /** @returns The errors of those that were not decided, by decision id. */
  async #decideAll(leaders: readonly Waiting[], next: NextBatch | undefined): Promise<Map<string, unknown>> {
    const errors = new Map<string, unknown>()
    const fail = ({ decisionId, reject }: Waiting, error: unknown): void => {
      errors.set(decisionId, error)
      reject(error)
    }
    const failures: Failures = { lostCount: 0, isRetried: false }
    const groups: (readonly Waiting[])[] = [leaders]
    let ahead = next
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      if (group.length === 0) continue
      try {
        const { deferred, failed } = await this.#attempt(group, ahead, groups.length === 0)
        for (const [caller, error] of failed) fail(caller, error)
        groups.unshift(deferred)
        failures.lostCount = 0
      } catch (error) {
        const attempts = await this.#nextAttempts(error, group, failures).catch((later: unknown) => ({ later }))
        if (Array.isArray(attempts) && attempts.length > 0) groups.unshift(...attempts)
        else for (const caller of group) fail(caller, 'later' in attempts ? attempts.later : error)
      }
      ahead = undefined
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
      this.#options.observer?.onConflict(this.#tenantId)
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

  /** @param isLast No other attempt follows if this one succeeds: the next batch may be prepared meanwhile. */
  async #attempt(callers: readonly Waiting[], next: NextBatch | undefined, isLast: boolean): Promise<Attempted> {
    if (next?.sent) {
      await next.sent.written
      return this.#finish(next.sent.prepared, isLast)
    }
    await next?.ready
    const ready = next?.prepared
    if (ready === undefined && this.#isContended) return this.#finish(await this.#writeUnderLock(callers), isLast)
    const prepared = ready ?? (await this.#prepare(callers, this.#options.db))
    await this.#write(prepared, isLast)
    return this.#finish(prepared, isLast)
  }

  #prepare(callers: readonly Waiting[], reader: Queryable): Promise<Prepared> {
    const settleNow = (caller: Waiting, decision: Decision): void => this.#settleAs(caller, decision, true)
    const { clock } = this.#options
    return prepareBatch({ tenantId: this.#tenantId, cache: this.#cache, clock, settle: settleNow }, callers, reader)
  }

  /** Another process is writing, too: reads and decides while it holds the tenant's lock, so that it cannot collide. */
  async #writeUnderLock(callers: readonly Waiting[]): Promise<Prepared> {
    const begunMs = performance.now()
    const written = await this.#options.db.transaction(async (tx) => {
      const { sql, parameters } = lockBooks(toUuid(this.#tenantId, 'ten'))
      await tx.query(sql, parameters)
      await this.#cache.catchUp(tx)
      const prepared = await this.#prepare(callers, tx)
      if (!prepared.batch.isEmpty) await this.#sendGuarded(prepared, tx, prepared.statements)
      return prepared
    })
    if (!written.batch.isEmpty) this.#observe(written.batch, begunMs)
    return written
  }

  #observe({ decisionCount, transactionCount }: Batch, begunMs: number): void {
    const commitMs = performance.now() - begunMs
    this.#options.observer?.onBatch({ tenantId: this.#tenantId, decisionCount, transactionCount, commitMs })
  }

  get #isContended(): boolean {
    return this.#options.db.kind === 'postgres' && performance.now() < this.#contendedUntilMs
  }

  /** Writes a batch. Meanwhile the next one is decided on what it will leave. */
  async #write(prepared: Prepared, isLast: boolean): Promise<void> {
    const { batch } = prepared
    if (batch.isEmpty) return
    this.#cache.expect(batch)
    if (isLast) setImmediate(() => this.#prepareAfter(prepared)) // once this one is on its way
    try {
      const begunMs = performance.now()
      await this.#send(prepared)
      this.#observe(batch, begunMs)
    } catch (error) {
      this.#cache.expectNothing()
      this.#next?.drop()
      throw error
    }
  }

  /** What follows a commit. The next batch, if it is ready, is sent first: the database waits for nobody. */
  #finish({ batch, decided, deferred, failed }: Prepared, isLast: boolean): Attempted {
    if (!batch.isEmpty) this.#cache.advance(batch)
    if (isLast && deferred.length === 0) this.#sendNext()
    else this.#next?.drop()
    for (const [caller, decision] of decided) this.#settleAs(caller, decision, false)
    if (!batch.isEmpty) this.#options.onCommit()
    return { deferred, failed }
  }

  /** Prepares a batch of those who wait, unless they are few or the one before has ended already. */
  #prepareAfter({ batch, decided }: Prepared): void {
    const isTooLate = this.#next !== undefined || !this.#cache.isExpecting(batch)
    if (isTooLate || this.#queue.length < this.#options.divideFrom) return
    const inFlight = new Set(decided.map(([{ decisionId }]) => decisionId))
    const taken = this.#take(decided.length)
    const group = this.#gather(taken.filter(({ decisionId }) => !inFlight.has(decisionId)))
    this.#queue.unshift(...taken.filter(({ decisionId }) => inFlight.has(decisionId))) // answered with the first of them
    const { leaders } = group
    if (leaders.length === 0) return
    this.#next = new NextBatch(group, this.#options.db, (reader) => this.#prepare(leaders, reader))
  }

  #sendNext(): void {
    const next = this.#next
    next?.proceed()
    if (next?.prepared === undefined) return
    const written = this.#write(next.prepared, true)
    written.catch(() => undefined) // told when its callers are answered
    next.sent = { prepared: next.prepared, written }
  }

  async #send({ batch, statements, decided }: Prepared): Promise<void> {
    const { db } = this.#options
    const locked = [lockBooks(toUuid(this.#tenantId, 'ten')), ...statements]
    if (batch.isGuarded) await db.transaction((tx) => this.#sendGuarded({ batch, decided }, tx, locked))
    else await db.flight(locked)
  }

  /** @throws {GuardRefused} rolls back; the next attempt plans on what is there now */
  async #sendGuarded(
    { batch, decided }: Pick<Prepared, 'batch' | 'decided'>,
    tx: Transaction,
    statements: readonly Statement[],
  ): Promise<void> {
    const refused = batch.notTaken(await tx.flight(statements))
    if (refused.size === 0) return
    for (const [caller] of decided) {
      const code = refused.get(caller.decisionId)
      if (code === undefined) continue
      caller.guardRefusals++
      caller.guardCode = code
    }
    throw new GuardRefused()
  }
}

/** What went wrong so far while a batch was decided. */
interface Failures {
  lostCount: number
  isRetried: boolean
}

type Attempted = Pick<Prepared, 'deferred' | 'failed'>

/** A guard did not take some row: the batch was rolled back. */
class GuardRefused extends Error {}
