import { callTimes, runCallers } from './callers.ts'
import { payments } from './payments.ts'
import type { PistoBooks } from './pisto-books.ts'
import type { GrowthPoint } from './result.ts'

/** Sizes to measure at. */
const ENTRIES = [10_000, 100_000, 1_000_000, 10_000_000]
/** Two entries a transfer. */
const ENTRIES_PER_TRANSFER = 2
const CALLERS = 512
const LOAD = { callers: CALLERS, warmupSeconds: 0, seconds: 5 }
/** Entries between two looks at how far it is. */
const STEP = 100_000

export interface GrowthOptions {
  readonly walletCount: number
  readonly now: () => number
  readonly onProgress: (entries: number, total: number) => void
}

/** Lets books grow, and measures at each size how quick they are then: the next five seconds. */
export async function measureGrowth(books: PistoBooks, options: GrowthOptions): Promise<readonly GrowthPoint[]> {
  const { walletCount, now, onProgress } = options
  const next = payments('random', walletCount)
  const call = () => books.transfer(next())
  const size = (): number => books.transferCount * ENTRIES_PER_TRANSFER
  const total = ENTRIES.at(-1) ?? 0
  const points: GrowthPoint[] = []
  for (const entries of ENTRIES) {
    while (size() < entries) {
      await callTimes(Math.ceil(Math.min(entries - size(), STEP) / ENTRIES_PER_TRANSFER), CALLERS, call)
      onProgress(Math.min(size(), total), total)
    }
    const { perSecond } = await runCallers({ ...LOAD, now }, call)
    points.push({ entries, tps: Math.round(perSecond) })
  }
  return points
}
