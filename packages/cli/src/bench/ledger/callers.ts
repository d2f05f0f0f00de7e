/** How many call at once, and for how long. */
export interface Load {
  readonly callers: number
  /** Before the measured time: caches fill, code is compiled. */
  readonly warmupSeconds: number
  readonly seconds: number
  /** Milliseconds of a clock that only goes forward (`performance.now`). */
  readonly now: () => number
}

/** What was measured in one go. */
export interface Round {
  readonly perSecond: number
  /** Of each call that ended within the measured time; empty where only the rate is known. */
  readonly latenciesMs: readonly number[]
}

/**
 * Calls in closed loops: each caller waits for its answer, then calls again. Where not even one call ends within the
 * measured time, that time goes on until one has.
 *
 * @throws whatever a call rejects with: a measurement with failures in it is none
 */
export async function runCallers(load: Load, call: () => Promise<unknown>): Promise<Round> {
  const { callers, warmupSeconds, seconds, now } = load
  const from = now() + warmupSeconds * 1000
  let until = from + seconds * 1000
  const latenciesMs: number[] = []
  const loop = async (): Promise<void> => {
    for (let begun = now(); begun < until || latenciesMs.length === 0; ) {
      await call()
      const ended = now()
      if (latenciesMs.length === 0) until = Math.max(until, ended)
      if (ended > from && ended <= until) latenciesMs.push(ended - begun)
      begun = ended
    }
  }
  await Promise.all(Array.from({ length: callers }, loop))
  return { perSecond: (latenciesMs.length * 1000) / (until - from), latenciesMs }
}

/** Calls a number of times, by so many callers at once. */
export async function callTimes(times: number, callers: number, call: () => Promise<unknown>): Promise<void> {
  let left = times
  const loop = async (): Promise<void> => {
    while (left-- > 0) await call()
  }
  await Promise.all(Array.from({ length: callers }, loop))
}
