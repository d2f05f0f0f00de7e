import type { Pisto } from '@pisto/sdk'
import { startSandbox } from '@pisto/testkit'
import { KillableSandbox } from './killable-sandbox.ts'
import { runSync, type SyncOptions } from './sync.ts'

export interface ManySeedsOptions {
  /** The first and the last. */
  readonly from: number
  readonly to: number
  readonly operations: number
  /** Of every so many seeds one has a server of its own process, which is killed. */
  readonly killEvery: number
  /** Seeds at the same time, each with a database of its own. */
  readonly together: number
  readonly newDatabase: () => Promise<string>
  readonly onProgress: (what: string, done: number, total: number) => void
  readonly onFault: (fault: string) => void
}

/** Of so many pages one is sent to a server that dies over it. */
const KILL_ONE_IN = 60
const DAY_SECONDS = 86_400

/** The simulation with many seeds on PostgreSQL. A fault names its seed: `--from S --to S` runs it again. */
export async function runManySeeds({ from, to, operations, killEvery, together, ...options }: ManySeedsOptions) {
  const sums = { seeds: 0, operations: 0, people: 0, conflicts: 0, kills: 0, delivered: 0, serverKills: 0 }
  const faults: string[] = []
  const seeds = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  const isKilled = (seed: number): boolean => seed % killEvery === 0
  const tell = (seed: number, found: readonly string[]): void => {
    const told = found.map((fault) => `seed ${seed}: ${fault}`)
    faults.push(...told)
    for (const fault of told) options.onFault(fault) // at once: the run may be cut short
  }
  const run = async (client: Pisto, seed: number, more: Pick<SyncOptions, 'since' | 'kill'>) => {
    const nextDay = () => client.sandbox.advanceClock({ seconds: DAY_SECONDS })
    const report = await runSync(client, { seed, operations, nextDay, ...more }).catch((error: unknown) => {
      tell(seed, [`it did not come to its end: ${error}`])
      return undefined
    })
    if (report === undefined) return more.since
    tell(seed, report.faults)
    for (const name of ['operations', 'people', 'conflicts', 'kills'] as const) sums[name] += report[name]
    sums.delivered += report.network.delivered
    sums.serverKills += report.network.killed
    options.onProgress('seeds', ++sums.seeds, to - from + 1)
    return report.lastEvent
  }

  const lane = async (): Promise<void> => {
    await using sandbox = await startSandbox({
      databaseUrl: await options.newDatabase(),
      requestsPerMinute: 10_000_000,
    })
    let since: string | undefined
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      if (isKilled(seed)) {
        await using killable = await KillableSandbox.start(await options.newDatabase())
        await run(killable.client, seed, { kill: { server: () => killable.kill(), oneIn: KILL_ONE_IN } })
      } else since = await run(sandbox.client('GT'), seed, { since })
    }
  }
  await Promise.all(Array.from({ length: together }, lane))
  return { ...sums, faults: faults.slice(0, 100) }
}
