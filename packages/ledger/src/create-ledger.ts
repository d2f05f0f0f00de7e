import { CheckpointTimer } from './checkpoint-timer.ts'
import { forgetDecisions } from './forget-decisions.ts'
import type { Ledger, LedgerOptions } from './ledger.ts'
import { findAccountLimits } from './limits/read.ts'
import { createLog } from './log.ts'
import { LogSigner } from './log-signer.ts'
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
import { processMemory } from './signer-memory.ts'
import { toUuid } from './type-id.ts'
import type { PlanFunction } from './waiting.ts'
import { TenantWriter } from './writer.ts'

const QUEUE_LIMIT = 10_000
const BATCH_LIMIT = 1_000
/** A batch of fewer costs the database more than what is gained by deciding the next one meanwhile. */
const DIVIDE_FROM = 64

/** Opens the ledger of all tenants of a database. Its tables must be there (`migrate`). */
export function createLedger(options: LedgerOptions): Ledger {
  const {
    db,
    clock,
    ids,
    signer,
    queueLimit = QUEUE_LIMIT,
    batchLimit = BATCH_LIMIT,
    divideFrom = DIVIDE_FROM,
  } = options
  const writers = new Map<string, TenantWriter>()
  const listeners = new Set<(tenantId: string) => void>()
  const { signerMemory: memory = processMemory(), onSigningFailure: onFailure = () => undefined } = options
  const logSigner = new LogSigner({ db, signer, memory, onFailure })
  const checkpoints = new CheckpointTimer((tenantId) => logSigner.publish(tenantId))
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
      divideFrom,
      observer: options.observer,
      onCommit: () => onCommit(tenantId),
    })
    writers.set(tenantId, writer)
    return writer
  }

  const decide = async <Answer>(request: LedgerRequest, plan: PlanFunction): Promise<Decided<Answer>> => {
    if (isStopped) throw new LedgerOverloaded()
    return (await writerOf(request.tenantId).submit(request, plan)) as Decided<Answer>
  }

  return {
    async openBooks({ tenantId, origin, timeZone }) {
      await db.query(
        `insert into books (tenant_id, origin, time_zone) values ($1, $2, $3) on conflict (tenant_id) do nothing`,
        [toUuid(tenantId, 'ten'), origin, timeZone],
      )
    },
    decide,
    async dryRun<Answer>(tenantId: string, plan: PlanFunction): Promise<Decided<Answer>> {
      if (isStopped) throw new LedgerOverloaded()
      return (await rehearse({ db, clock, ids }, tenantId, plan)) as Decided<Answer>
    },
    forgetDecisions: (tenantId) => forgetDecisions(db, tenantId, clock.now()),
    findAccount: (tenantId, accountId, asOf) => findAccount(db, tenantId, accountId, asOf),
    listAccounts: (tenantId, page) => listAccounts(db, tenantId, page),
    listEntries: (tenantId, accountId, page) => listEntries(db, tenantId, accountId, page),
    findAccountLimits: (tenantId, accountId) => findAccountLimits(db, tenantId, accountId, clock.now()),
    findTransaction: (tenantId, transactionId) => findTransaction(db, tenantId, transactionId),
    listTransactions: (tenantId, page) => listTransactions(db, tenantId, page),
    listEvents: (tenantId, after, eventOptions) => listEvents(db, tenantId, after, eventOptions),
    headSequence: (tenantId) => headSequence(db, tenantId),
    waitingCount: () => [...writers.values()].reduce((count, writer) => count + writer.waitingCount, 0),
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    log: createLog({ db, signer, memory, logSigner, decide }),
    reports: createReports(db),
    async stop() {
      isStopped = true
      await Promise.all([...writers.values()].map((writer) => writer.idle()))
      await checkpoints.stop()
    },
  }
}
