import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crashablePostgres } from '@pisto/testkit'
import { folderPlace, mortalPlace, type Place, type PlaceName, serverPlace } from './places.ts'
import { KILLS_OF_A_ROUND, type RoundReport, runRound } from './round.ts'
import { Writer } from './writer.ts'

export interface CampaignOptions {
  readonly seed: string
  /** Kills in each place. */
  readonly kills: Partial<Record<PlaceName, number>>
  /** Milliseconds of work after which a process is killed, however little it has done. Default: 2,000. */
  readonly workMs?: number
  readonly onKill?: (name: PlaceName) => void
}

export interface PlaceReport extends RoundReport {
  readonly place: PlaceName
  readonly roundCount: number
}

export interface CampaignReport {
  readonly seed: string
  readonly places: readonly PlaceReport[]
  readonly durationMs: number
}

/** Kills what writes, and PostgreSQL itself, again and again. Leaves nothing running. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { seed, kills, workMs = 2_000, onKill } = options
  const start = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'pisto-crash-'))
  const run = async (name: PlaceName, place: Place): Promise<PlaceReport[]> => {
    const killCount = kills[name] ?? 0
    return killCount === 0
      ? []
      : [await runPlace({ name, place, killCount, seed, workMs, folder, onKill: () => onKill?.(name) })]
  }
  const onServer = async (): Promise<PlaceReport[]> => {
    if (!kills.postgres && !kills.database) return []
    await using server = await crashablePostgres()
    return [...(await run('postgres', serverPlace(server))), ...(await run('database', mortalPlace(server)))]
  }
  const both = await Promise.allSettled([onServer(), run('pglite', folderPlace(folder))])
  await rm(folder, { recursive: true, force: true })
  const places = both.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  return { seed, places, durationMs: Math.round(performance.now() - start) }
}

interface PlaceRun {
  readonly name: PlaceName
  readonly place: Place
  readonly killCount: number
  readonly seed: string
  readonly workMs: number
  readonly folder: string
  readonly onKill: () => void
}

async function runPlace({ killCount, seed, ...options }: PlaceRun): Promise<PlaceReport> {
  const { name, folder } = options
  const writers = new Writers(join(folder, 'compiled'))
  const newWriter = (): Writer => writers.next()
  const rounds: RoundReport[] = []
  const leftCount = (): number => rounds.reduce((left, round) => left - round.killCount, killCount)
  try {
    while (leftCount() > 0 && rounds.every(({ findings }) => findings.length === 0)) {
      const roundOptions = {
        killCount: Math.min(KILLS_OF_A_ROUND, leftCount()),
        seed: `${seed}/${name}/${rounds.length}`,
      }
      rounds.push(await runRound({ ...options, ...roundOptions, newWriter }))
    }
  } finally {
    await writers.stop()
  }
  return { place: name, roundCount: rounds.length, ...added(rounds) }
}

/** Has the next process ready: to load its program takes longer than to open the books. */
class Writers {
  readonly #cacheFolder: string
  readonly #begun = new Set<Writer>()
  #spare: Writer

  constructor(cacheFolder: string) {
    this.#cacheFolder = cacheFolder
    this.#spare = new Writer(cacheFolder)
  }

  next(): Writer {
    const writer = this.#spare
    for (const begun of this.#begun) if (!begun.isRunning) this.#begun.delete(begun)
    this.#begun.add(writer)
    this.#spare = new Writer(this.#cacheFolder)
    return writer
  }

  async stop(): Promise<void> {
    await Promise.all([this.#spare, ...this.#begun].map((writer) => writer.kill()))
  }
}

function added(rounds: readonly RoundReport[]): RoundReport {
  const sum = (of: (round: RoundReport) => number): number => rounds.reduce((total, round) => total + of(round), 0)
  return {
    killCount: sum(({ killCount }) => killCount),
    counts: {
      sent: sum(({ counts }) => counts.sent),
      done: sum(({ counts }) => counts.done),
      refused: sum(({ counts }) => counts.refused),
      replayed: sum(({ counts }) => counts.replayed),
      lost: sum(({ counts }) => counts.lost),
    },
    unanswered: {
      whole: sum(({ unanswered }) => unanswered.whole),
      absent: sum(({ unanswered }) => unanswered.absent),
    },
    transactionCount: sum(({ transactionCount }) => transactionCount),
    noteCount: sum(({ noteCount }) => noteCount),
    findings: rounds.flatMap(({ findings }, round) =>
      findings.map((finding) => ({ ...finding, kill: round * KILLS_OF_A_ROUND + finding.kill })),
    ),
  }
}
