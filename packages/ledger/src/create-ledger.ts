import type { Ledger, LedgerOptions } from './ledger.ts'
import { findAccountLimits } from './limits/read.ts'
import { createLog, publishCheckpoint } from './log.ts'
import type { Decided, LedgerRequest } from './model.ts'
import { LedgerOverloaded } from './model.ts'
import { findAccount, findTransaction } from './reads/find.ts'
import { listAccounts } from './reads/list-accounts.ts'
import { listEntries } from './reads/list-entries.ts'
import { listEvents } from './reads/list-events.ts'
import { listTransactions } from './reads/list-transactions.ts'
import { headSequence } from './reads/moments.ts'
import { createReports } from './reads/reports.ts'
import { rehearse } from './rehearse.ts'
import { toUuid } from './type-id.ts'
import { type PlanFunction, TenantWriter } from './writer.ts'

const QUEUE_LIMIT = 10_000
const BATCH_LIMIT = 1_000
/** A checkpoint is signed this long after a commit at the latest. */
const CHECKPOINT_MS = 1_000

/** Opens the ledger of all tenants of a database. Its tables must be there (`migrate`). */
export function createLedger(options: LedgerOptions): Ledger {
  const { db, clock, ids, signer, queueLimit = QUEUE_LIMIT, batchLimit = BATCH_LIMIT } = options
  const writers = new Map<string, TenantWriter>()
  const listeners = new Set<(tenantId: string) => void>()
  const checkpoints = new CheckpointTimer(async (tenantId) => publishCheckpoint(db, tenantId, await signer(tenantId)))
  let isStopped = false

  const onCommit = (tenantId: string): void => {
    checkpoints.schedule(tenantId)
    for (const listener of listeners) listener(tenantId)
  }
  const writerOf = (tenantId: string): TenantWriter => {
    const known = writers.get(tenantId)
    if (known) return known
    const writer = new TenantWriter(tenantId, {
      db,
      clock,
      ids,
      queueLimit,
      batchLimit,
      onCommit: () => onCommit(tenantId),
    })
    writers.set(tenantId, writer)
    return writer
  }

  return {
    async openBooks({ tenantId, origin, timeZone }) {
      await db.query(
        `insert into books (tenant_id, origin, time_zone) values ($1, $2, $3) on conflict (tenant_id) do nothing`,
        [toUuid(tenantId, 'ten'), origin, timeZone],
      )
    },
    async decide<Answer>(request: LedgerRequest, plan: PlanFunction): Promise<Decided<Answer>> {
      if (isStopped) throw new LedgerOverloaded()
      return (await writerOf(request.tenantId).submit(request, plan)) as Decided<Answer>
    },
    async dryRun<Answer>(tenantId: string, plan: PlanFunction): Promise<Decided<Answer>> {
      if (isStopped) throw new LedgerOverloaded()
      return (await rehearse({ db, clock, ids }, tenantId, plan)) as Decided<Answer>
    },
    findAccount: (tenantId, accountId, asOf) => findAccount(db, tenantId, accountId, asOf),
    listAccounts: (tenantId, page) => listAccounts(db, tenantId, page),
    listEntries: (tenantId, accountId, page) => listEntries(db, tenantId, accountId, page),
    findAccountLimits: (tenantId, accountId) => findAccountLimits(db, tenantId, accountId, clock.now()),
    findTransaction: (tenantId, transactionId) => findTransaction(db, tenantId, transactionId),
    listTransactions: (tenantId, page) => listTransactions(db, tenantId, page),
    listEvents: (tenantId, after, eventOptions) => listEvents(db, tenantId, after, eventOptions),
    headSequence: (tenantId) => headSequence(db, tenantId),
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    log: createLog({ db, signer }),
    reports: createReports(db),
    async stop() {
      isStopped = true
      await Promise.all([...writers.values()].map((writer) => writer.idle()))
      await checkpoints.stop()
    },
  }
}

/** Signs once for all commits of a second, and one at a time. */
class CheckpointTimer {
  readonly #publish: (tenantId: string) => Promise<void>
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()

  constructor(publish: (tenantId: string) => Promise<void>) {
    this.#publish = publish
  }

  schedule(tenantId: string): void {
    if (this.#waiting.has(tenantId)) return
    const timer = setTimeout(() => this.#run(tenantId), CHECKPOINT_MS)
    timer.unref()
    this.#waiting.set(tenantId, timer)
  }

  async stop(): Promise<void> {
    for (const [tenantId, timer] of this.#waiting) {
      clearTimeout(timer)
      this.#run(tenantId)
    }
    await Promise.all(this.#running)
  }

  #run(tenantId: string): void {
    this.#waiting.delete(tenantId)
    // what fails now is signed with the next commit, or when somebody asks for a proof
    const run = this.#publish(tenantId).catch(() => undefined)
    this.#running.add(run)
    void run.then(() => this.#running.delete(run))
  }
}
