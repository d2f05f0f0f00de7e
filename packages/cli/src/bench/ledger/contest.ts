import type { Load, Round } from './callers.ts'
import { type Figure, figureOf } from './figure.ts'

/** One round of one contestant. */
export type Measure = (load: Omit<Load, 'callers'>) => Promise<Round>

export interface ContestOptions {
  /** Measured seconds of each contestant, over all rounds. */
  readonly seconds: number
  readonly rounds: number
  readonly now: () => number
  readonly onProgress: (done: number, total: number) => void
}

const WARMUP_SECONDS = 0.5

/** Contestants take turns in short rounds: what else the machine does meanwhile meets all of them alike. */
export class Contest {
  readonly #contestants: { readonly measure: Measure; readonly rounds: Round[] }[] = []

  /** @returns What was measured of it, once the contest has run. */
  enter(measure: Measure): () => Figure {
    const rounds: Round[] = []
    this.#contestants.push({ measure, rounds })
    return () => figureOf(rounds)
  }

  async run({ seconds, rounds, now, onProgress }: ContestOptions): Promise<void> {
    const load = { seconds: seconds / rounds, warmupSeconds: Math.min(WARMUP_SECONDS, seconds / rounds / 2), now }
    const total = rounds * this.#contestants.length
    let done = 0
    for (let round = 0; round < rounds; round++) {
      for (const contestant of this.#contestants) {
        contestant.rounds.push(await contestant.measure(load))
        onProgress(++done, total)
      }
    }
  }
}
