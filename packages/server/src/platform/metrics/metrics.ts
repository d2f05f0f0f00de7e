import type { LedgerObserver } from '@pisto/ledger'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One answered request. */
interface EndedRequest {
  /** The operation's id; undefined: there is none at that address. */
  readonly operation: string | undefined
  readonly status: number
  readonly durationMs: number
}

/** What a server counts, for Prometheus. Names no person and no tenant's money. */
export interface Metrics {
  readonly ledger: LedgerObserver
  requestEnded(request: EndedRequest): void
  /** @param count Callers that wait for the ledger, asked at each scrape. */
  watchQueue(count: () => number): void
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000]

/** Metrics of one server: nothing is global, two servers of one process count apart. */
export function createMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register, prefix: 'pisto_' })
  const requests = new Histogram({
    name: 'pisto_http_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer',
    labelNames: ['operation', 'status'] as const,
    buckets: SECONDS,
    registers,
  })
  const batchSize = new Histogram({
    name: 'pisto_ledger_batch_decisions',
    help: 'Decisions, done and refused, of one batch',
    buckets: SIZES,
    registers,
  })
  const commit = new Histogram({
    name: 'pisto_ledger_commit_duration_seconds',
    help: 'From the first statement of a batch to its commit',
    buckets: SECONDS,
    registers,
  })
  const transactions = new Counter({
    name: 'pisto_ledger_transactions_total',
    help: 'Transactions that took a sequence',
    registers,
  })
  const conflicts = new Counter({
    name: 'pisto_ledger_conflicts_total',
    help: 'Batches undone and decided again, since another process had written before',
    registers,
  })
  let waiting = (): number => 0
  new Gauge({
    name: 'pisto_ledger_queue_callers',
    help: 'Callers that wait for the ledger to decide',
    registers,
    collect() {
      this.set(waiting())
    },
  })

  return {
    ledger: {
      onBatch({ decisionCount, transactionCount, commitMs }) {
        batchSize.observe(decisionCount)
        commit.observe(commitMs / 1000)
        transactions.inc(transactionCount)
      },
      onConflict: () => conflicts.inc(),
    },
    requestEnded({ operation = 'none', status, durationMs }) {
      requests.observe({ operation, status: String(status) }, durationMs / 1000)
    },
    watchQueue(count) {
      waiting = count
    },
    text: () => register.metrics(),
  }
}
