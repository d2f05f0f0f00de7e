import type { Clock } from '@pisto/ledger'

/** The machine's clock. `Date.now()` and `new Date()` without an argument are at home here and nowhere else. */
export const systemClock: Clock = { now: () => new Date() }

/** Time that moves only when told to: for tests, and under a sandbox that repeats itself. */
export class ManualClock implements Clock {
  #nowMs: number

  /** @param start RFC 3339. */
  constructor(start: string) {
    this.#nowMs = Date.parse(start)
  }

  now(): Date {
    return new Date(this.#nowMs)
  }

  advance(seconds: number): void {
    this.#nowMs += seconds * 1000
  }
}
