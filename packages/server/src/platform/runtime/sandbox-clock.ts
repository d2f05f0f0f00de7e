import type { Clock, Database } from '@pisto/ledger'

/** A century: later than any deadline, earlier than the end of four-digit years. */
const MOST_AHEAD_MS = 100n * 31_557_600_000n
const REFRESH_MS = 250

export interface SandboxClockOptions {
  readonly db: Database
  /** What the offset is added to: the machine's clock, or a still one in a sandbox that repeats itself. */
  readonly base: Clock
}

/**
 * Business time of the sandbox: another clock plus an offset that testers move forward. The offset is in the
 * database: restarts keep it, and all processes of one database share it within a moment.
 */
export class SandboxClock implements Clock {
  readonly #db: Database
  readonly #base: Clock
  #offsetMs = 0
  #refreshing: NodeJS.Timeout | undefined

  private constructor({ db, base }: SandboxClockOptions) {
    this.#db = db
    this.#base = base
  }

  static async open(options: SandboxClockOptions): Promise<SandboxClock> {
    const clock = new SandboxClock(options)
    await clock.refresh()
    return clock
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#offsetMs)
  }

  /** @returns Undefined: that would be more than a century ahead; the time otherwise. */
  async advance(seconds: number): Promise<Date | undefined> {
    const [moved] = await this.#db.query<{ clock_offset_ms: bigint }>(
      `update sandbox_state set clock_offset_ms = clock_offset_ms + $2
       where name = $1 and clock_offset_ms + $2 <= $3 returning clock_offset_ms`,
      ['sandbox', seconds * 1000, MOST_AHEAD_MS],
    )
    if (moved === undefined) return undefined
    this.#offsetMs = Number(moved.clock_offset_ms)
    return this.now()
  }

  /** Reads what another process may have moved. */
  async refresh(): Promise<void> {
    const [row] = await this.#db.query<{ clock_offset_ms: bigint }>(
      'select clock_offset_ms from sandbox_state where name = $1',
      ['sandbox'],
    )
    this.#offsetMs = Number(row?.clock_offset_ms ?? 0)
  }

  /** Follows other processes; needed only where there can be some. */
  follow(): void {
    this.#refreshing ??= setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS).unref()
  }

  stop(): void {
    clearInterval(this.#refreshing)
  }
}

/**
 * Counts a start of the sandbox on this database.
 *
 * @returns Its number from 1: what a seeded process draws differs from what an earlier one of the same seed drew.
 */
export async function countStart(db: Database): Promise<number> {
  const [row] = await db.query<{ start_count: bigint }>(
    `insert into sandbox_state as s (name, clock_offset_ms, start_count) values ($1, 0, 1)
     on conflict (name) do update set start_count = s.start_count + 1 returning start_count`,
    ['sandbox'],
  )
  return Number(row?.start_count ?? 1)
}
