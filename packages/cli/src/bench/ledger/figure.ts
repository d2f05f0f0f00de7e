import { spreadOf } from '../spread.ts'
import type { Round } from './callers.ts'

/** What is told of some rounds: transfers a second (median, and the slowest round), milliseconds over all calls. */
export interface Figure {
  readonly tps: number
  readonly tpsMin: number
  readonly p50: number
  readonly p99: number
}

/** @throws {RangeError} nothing was measured */
export function figureOf(rounds: readonly Round[]): Figure {
  const { min, median } = spreadOf(rounds.map(({ perSecond }) => perSecond))
  const sorted = Float64Array.from(rounds.flatMap(({ latenciesMs }) => latenciesMs)).sort()
  return {
    tps: Math.round(median),
    tpsMin: Math.round(min),
    p50: rounded(percentile(sorted, 0.5)),
    p99: rounded(percentile(sorted, 0.99)),
  }
}

/** The smallest value that at least this share of all values does not exceed. @param sorted Ascending. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100
