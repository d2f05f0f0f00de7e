import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Queryable } from '@pisto/ledger'
import type { Log } from '../runtime/log.ts'
import type { DueHandler, DueItem } from './due.ts'
import {
  type ClaimedItem,
  claimDue,
  continueDue,
  finishDueItems,
  isDueClaimed,
  postponeDue,
  renewDue,
} from './store.ts'

/** What does each kind of due thing. */
export type DueHandlers = Readonly<Record<string, DueHandler>>

export interface DueWorkerDeps {
  readonly db: Queryable
  readonly tenants: { list(): Promise<readonly { readonly id: string }[]> }
  /** Business time: what is due. */
  readonly clock: Clock
  /** Protocol time: leases and waits. */
  readonly systemClock: Clock
  readonly handlers: DueHandlers
  readonly log: Log
  /** Milliseconds after which another worker takes over what this one has not finished, and no longer says it is at. */
  readonly leaseMs?: number
}

const POLL_MS = 1_000
const CLAIM_COUNT = 64
const LEASE_MS = 30_000
const LONGEST_WAIT_MS = 300_000
/** How long `runDue` waits for what other processes are at. */
const SETTLE_MS = 20_000
const SETTLE_POLL_MS = 25

/**
 * Does what is due, tenant by tenant in order of business time. Things of one kind that follow each other are done
 * together; what takes long is done beside the rest. One that fails waits longer each time and holds nothing else back.
 * Any number of processes may work on one database; a thing may be done twice, which its handler makes harmless.
 */
export class DueWorker {
  readonly #deps: DueWorkerDeps
  readonly #leaseMs: number
  #timer: NodeJS.Timeout | undefined
  /** What is being done, by tenant: one that is long at it holds no other back. */
  readonly #passes = new Map<string, Promise<void>>()
  /** What this process is at. */
  readonly #held = new Set<string>()
  readonly #stopping = new AbortController()

  constructor(deps: DueWorkerDeps) {
    this.#deps = deps
    this.#leaseMs = deps.leaseMs ?? LEASE_MS
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#begin(), POLL_MS)
    this.#timer.unref()
  }

  /** Does all that is due now, here or in other processes; what fails is not waited for. */
  async runDue(): Promise<void> {
    const { systemClock } = this.#deps
    const untilMs = systemClock.now().getTime() + SETTLE_MS
    await this.#settled()
    do {
      await this.#begin()
      await this.#settled()
      if (!(await this.#isClaimedAnywhere())) return
      await delay(SETTLE_POLL_MS)
    } while (!this.#stopping.signal.aborted && systemClock.now().getTime() < untilMs)
  }

  /** Finishes what it is at; the rest stays due. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#timer)
    await this.#settled()
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#passes.values())
  }

  /** Begins what is due of every tenant that nothing is being done of. */
  async #begin(): Promise<void> {
    try {
      for (const { id } of await this.#deps.tenants.list()) {
        if (!this.#passes.has(id)) this.#passes.set(id, this.#pass(id))
      }
    } catch (error) {
      this.#say(error)
    }
  }

  async #pass(tenantId: string): Promise<void> {
    await this.#runTenant(tenantId).catch((error: unknown) => this.#say(error))
    this.#passes.delete(tenantId)
  }

  /** The database is away: the next pass tries again. */
  #say(error: unknown): void {
    this.#deps.log.error({ error }, 'due work failed')
  }

  async #runTenant(tenantId: string): Promise<void> {
    const { db, clock, systemClock, handlers } = this.#deps
    const long = new Set<Promise<void>>()
    while (!this.#stopping.signal.aborted) {
      const machineNow = systemClock.now()
      const items = await claimDue(db, tenantId, {
        now: clock.now(),
        machineNow,
        leaseUntil: this.#leaseUntil(machineNow),
        limit: CLAIM_COUNT,
      })
      if (items.length === 0 && long.size === 0) break
      if (items.length === 0) await Promise.race([...long, delay(POLL_MS, undefined, { ref: false })])
      for (const group of groupsOfOneKind(items.filter((item) => !this.#held.has(nameOf(item))))) {
        const work = this.#doTogether(tenantId, group)
        if (handlers[group[0]?.kind ?? '']?.takesLong) this.#besides(long, work)
        else await work
      }
    }
    await Promise.all(long)
  }

  #besides(long: Set<Promise<void>>, work: Promise<void>): void {
    const settled = work.catch((error: unknown) => this.#say(error)).finally(() => long.delete(settled))
    long.add(settled)
  }

  async #doTogether(tenantId: string, items: readonly ClaimedItem[]): Promise<void> {
    const outcomes = await this.#holding(tenantId, items, () => Promise.allSettled(items.map((item) => this.#do(item))))
    const done = items.filter((_, index) => {
      const outcome = outcomes[index]
      return outcome?.status === 'fulfilled' && outcome.value === 'finished'
    })
    if (done.length > 0) await finishDueItems(this.#deps.db, tenantId, done)
  }

  #leaseUntil(machineNow: Date): Date {
    return new Date(machineNow.getTime() + this.#leaseMs)
  }

  /** However long it takes, nobody else begins the same meanwhile, unless this process is dead or stands still. */
  async #holding<T>(tenantId: string, items: readonly ClaimedItem[], work: () => Promise<T>): Promise<T> {
    const { db } = this.#deps
    const renewal = setInterval(() => {
      renewDue(db, tenantId, items, this.#leaseUntil(this.#deps.systemClock.now())).catch((error: unknown) =>
        this.#say(error),
      )
    }, this.#leaseMs / 3)
    for (const item of items) this.#held.add(nameOf(item))
    try {
      return await work()
    } finally {
      clearInterval(renewal)
      for (const item of items) this.#held.delete(nameOf(item))
    }
  }

  async #do(item: ClaimedItem): Promise<'finished' | 'unfinished'> {
    const { db, systemClock, handlers, log } = this.#deps
    try {
      const handler = handlers[item.kind]
      if (handler === undefined) throw new Error(`nothing does ${item.kind}`)
      const isUnfinished = (await handler(item, this.#stopping.signal)) === 'unfinished'
      if (isUnfinished) await this.#givingBack(item, () => continueDue(db, item))
      return isUnfinished ? 'unfinished' : 'finished'
    } catch (error) {
      const { tenantId, kind, reference, attemptCount } = item
      log.error({ error, tenantId, kind, reference, attemptCount }, 'due item failed')
      const waitMs = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attemptCount, 16))
      const notBefore = new Date(systemClock.now().getTime() + waitMs)
      await this.#givingBack(item, () => postponeDue(db, item, notBefore))
      throw error
    }
  }

  /** Before others may take it, so may this process. */
  async #givingBack(item: ClaimedItem, write: () => Promise<void>): Promise<void> {
    this.#held.delete(nameOf(item))
    await write()
  }

  async #isClaimedAnywhere(): Promise<boolean> {
    const { db, tenants, clock, systemClock } = this.#deps
    const times = { now: clock.now(), machineNow: systemClock.now() }
    const claimed = await Promise.all((await tenants.list()).map(({ id }) => isDueClaimed(db, id, times)))
    return claimed.includes(true)
  }
}

const nameOf = ({ tenantId, kind, reference }: DueItem): string => `${tenantId} ${kind} ${reference}`

/** Cuts a sequence where the kind changes. */
function groupsOfOneKind(items: readonly ClaimedItem[]): ClaimedItem[][] {
  const groups: ClaimedItem[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last?.[0]?.kind === item.kind) last.push(item)
    else groups.push([item])
  }
  return groups
}
