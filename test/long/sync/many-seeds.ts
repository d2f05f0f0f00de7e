import { startSandbox } from '@pisto/testkit'
import { runSync } from './sync.ts'

export interface ManySeedsOptions {
  readonly seeds: number
  /** The first. */
  readonly seed: number
  readonly operations: number
  readonly databaseUrl: string
  readonly onProgress: (what: string, done: number, total: number) => void
}

/** The simulation with many seeds on one PostgreSQL. A fault names its seed: `--seed S --seeds 1` runs it again. */
export async function runManySeeds({ seeds, seed: first, operations, databaseUrl, onProgress }: ManySeedsOptions) {
  await using sandbox = await startSandbox({ databaseUrl, requestsPerMinute: 10_000_000 })
  const client = sandbox.client('GT')
  const nextDay = () => sandbox.advanceClock(86_400)
  const sums = { seeds, operations: 0, merchants: 0, conflicts: 0, kills: 0, delivered: 0 }
  const faults: string[] = []
  let since: string | undefined
  for (let seed = first; seed < first + seeds; seed++) {
    const report = await runSync(client, { seed, operations, nextDay, since })
    since = report.lastEvent
    faults.push(...report.faults.map((fault) => `seed ${seed}: ${fault}`))
    for (const name of ['operations', 'merchants', 'conflicts', 'kills'] as const) sums[name] += report[name]
    sums.delivered += report.network.delivered
    onProgress('seeds', seed - first + 1, seeds)
  }
  return { ...sums, faults: faults.slice(0, 100) }
}
