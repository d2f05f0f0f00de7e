import { setTimeout as sleep } from 'node:timers/promises'

/** Time as this service needs it: a test passes one that does not wait. */
export interface Clock {
  now(): Date
  /** Resolves after that time; rejects with the signal's reason when it aborts before. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>
}

/** The machine's clock: the one home of `new Date()`. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (durationMs, signal) => sleep(durationMs, undefined, signal && { signal }),
}
