import type { Clock, PistoOptions } from '../options.ts'
import { Pisto } from '../pisto.ts'

/** A clock that does not wait and tells for how long it should have. */
export interface RecordingClock extends Clock {
  readonly sleptMs: readonly number[]
}

export function recordingClock(nowMs = 0): RecordingClock {
  const sleptMs: number[] = []
  return {
    sleptMs,
    now: () => nowMs,
    sleep: async (durationMs, signal) => {
      signal?.throwIfAborted()
      sleptMs.push(durationMs)
    },
  }
}

/** All bytes have this value: keys can be foretold, and the jitter is `byte / 256` of its range. */
export const sameByte =
  (byte: number) =>
  (byteCount: number): Uint8Array =>
    new Uint8Array(byteCount).fill(byte)

export const KEY_OF_ZEROS = '00000000-0000-4000-8000-000000000000'

/** A client with no jitter that never waits, unless told otherwise. */
export function testClient(baseUrl: string, options: Partial<PistoOptions> = {}): Pisto {
  return new Pisto({ baseUrl, apiKey: 'sk_sandbox_test', clock: recordingClock(), random: sameByte(0), ...options })
}

/** What a promise rejects with, as the class that it must be of. */
export async function rejection<T extends Error>(
  promise: Promise<unknown>,
  type: abstract new (...args: never[]) => T,
): Promise<T> {
  const error: unknown = await promise.then(
    (value) => new Error(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (error instanceof type) return error
  throw error
}
