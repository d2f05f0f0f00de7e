import type { Figure } from './figure.ts'
import type { Workload } from './payments.ts'

/** Callers at once. */
export const CALLERS = [8, 64, 512] as const
type CallerCount = (typeof CALLERS)[number]

export type ByCallers = Readonly<Record<`${CallerCount}`, Figure>>
export type ByWorkload = Readonly<Record<Workload, ByCallers>>

/** Rate at a size of the books. */
export interface GrowthPoint {
  readonly entries: number
  readonly tps: number
}

/** How the contestants compare; null where one of them was not measured. */
export interface Ratios {
  /** Pisto with 512 callers on random accounts over pgbench's TPC-B with 8 clients. */
  readonly tpcb512: number | null
  /** The same with 8 callers. */
  readonly tpcb8: number | null
  /** With 512 callers: everybody pays one account, over random accounts. */
  readonly hotOverRandom: number
  /** Everybody pays one account: Pisto with 512 callers over the SQL function with 8. */
  readonly sqlFunctionHot: number
  /** Cost of a transfer in the largest books over that in the smallest. */
  readonly growth: number | null
}

/** Everything that `pisto bench ledger` tells. */
export interface LedgerBench {
  readonly postgres: ByWorkload
  readonly pglite: ByWorkload
  /** Transactions a second with 8 clients; null: pgbench is not installed. */
  readonly pgbench: { readonly tpcb8: number | null; readonly tpcb8Prepared: number | null }
  readonly sqlFunction: { readonly random8: Figure; readonly hot8: Figure }
  /** On PostgreSQL, with all indexes. */
  readonly bytesPerTransfer: number
  /** 99th percentile of reading an inclusion proof. */
  readonly proofMs: number
  /** Leaves of the log that proofs were read from. */
  readonly proofLeaves: number
  /** Only with `--long`. */
  readonly growth: readonly GrowthPoint[] | null
  readonly ratios: Ratios
  readonly machine: Machine
  readonly measuring: { readonly secondsPerFigure: number; readonly rounds: number }
}

/** Where it was measured. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  /** Version, and what makes its commits wait for the disk. */
  readonly postgres: Readonly<Record<string, string>>
  /** Mean number of processes that wanted a core: in the minute before, and in the last minute of measuring. */
  readonly load: { readonly before: number; readonly after: number }
}
