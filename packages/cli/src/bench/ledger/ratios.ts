import type { GrowthPoint, LedgerBench, Ratios } from './result.ts'

/** What a figure must reach to be good enough. */
export interface Wanted {
  readonly name: string
  readonly value: number | null
  readonly wanted: number
  readonly direction: 'atLeast' | 'atMost'
  readonly unit: '×' | 'ms' | '/s'
}

/** The ratios that follow from the figures, to two digits. */
export function ratiosOf(bench: Pick<LedgerBench, 'postgres' | 'pgbench' | 'sqlFunction' | 'growth'>): Ratios {
  const { random, hot } = bench.postgres
  const { tpcb8 } = bench.pgbench
  return {
    tpcb512: over(random[512].tps, tpcb8),
    tpcb8: over(random[8].tps, tpcb8),
    hotOverRandom: quotient(hot[512].tps, random[512].tps),
    sqlFunctionHot: quotient(hot[512].tps, bench.sqlFunction.hot8.tps),
    growth: growthOf(bench.growth),
  }
}

/** Every promise of the ledger's speed, with what was measured. @see docs/performance.md */
export function wantedOf({ ratios, postgres, pglite, proofMs }: LedgerBench): readonly Wanted[] {
  const atLeast = (name: string, value: number | null, wanted: number, unit: Wanted['unit'] = '×'): Wanted => {
    return { name, value, wanted, direction: 'atLeast', unit }
  }
  const atMost = (name: string, value: number | null, wanted: number, unit: Wanted['unit']): Wanted => {
    return { name, value, wanted, direction: 'atMost', unit }
  }
  return [
    atLeast('512 callers over pgbench TPC-B, 8 clients', ratios.tpcb512, 12),
    atLeast('8 callers over pgbench TPC-B, 8 clients', ratios.tpcb8, 2),
    atLeast('one hot account over random accounts, 512 callers', ratios.hotOverRandom, 0.9),
    atLeast('one hot account, 512 callers, over a SQL function', ratios.sqlFunctionHot, 20),
    atMost('p99 with 512 callers', Math.max(postgres.random[512].p99, postgres.hot[512].p99), 50, 'ms'),
    atLeast('PGlite in memory, 64 callers', pglite.random[64].tps, 10_000, '/s'),
    atMost('inclusion proof, p99', proofMs, 5, 'ms'),
    atMost('cost of a transfer, 10 million entries over 10 thousand', ratios.growth, 1.2, '×'),
  ]
}

/** Undefined: it was not measured. */
export function isMet({ value, wanted, direction }: Wanted): boolean | undefined {
  if (value === null) return undefined
  return direction === 'atLeast' ? value >= wanted : value <= wanted
}

function growthOf(points: readonly GrowthPoint[] | null): number | null {
  const [first, last] = [points?.at(0), points?.at(-1)]
  return first === undefined || last === undefined ? null : quotient(first.tps, last.tps)
}

const over = (value: number, by: number | null): number | null => (by === null ? null : quotient(value, by))

const quotient = (value: number, by: number): number => Math.round((value / by) * 100) / 100
