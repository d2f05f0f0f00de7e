import { expect, it } from 'vitest'
import { callTimes, runCallers } from './callers.ts'
import { figureOf, percentile } from './figure.ts'

/** A clock that each call moves: as if every call took that long. */
function machine(callMs: number) {
  let nowMs = 0
  const call = async (): Promise<void> => {
    nowMs += callMs
  }
  return { now: () => nowMs, call }
}

it('counts what ends within the measured time, and how long it took', async () => {
  const { now, call } = machine(100)

  const round = await runCallers({ callers: 1, warmupSeconds: 1, seconds: 2, now }, call)

  expect(round.perSecond).toBe(10)
  expect(round.latenciesMs).toEqual(Array(20).fill(100))
})

it('is longer than it was to be where no call would end in time', async () => {
  const { now, call } = machine(5000)

  const round = await runCallers({ callers: 1, warmupSeconds: 1, seconds: 2, now }, call)

  expect(round).toEqual({ perSecond: 0.25, latenciesMs: [5000] })
})

it('a call that fails ends the measurement', async () => {
  const failure = new Error('refused')

  await expect(
    runCallers({ callers: 3, warmupSeconds: 0, seconds: 1, now: () => 0 }, () => Promise.reject(failure)),
  ).rejects.toBe(failure)
})

it('calls exactly as often as asked', async () => {
  let count = 0

  await callTimes(10, 3, async () => {
    count++
  })

  expect(count).toBe(10)
})

it('tells the median round and the slowest, and percentiles over the calls of all', () => {
  const rounds = [10, 30, 20].map((perSecond) => ({ perSecond, latenciesMs: [perSecond, perSecond + 0.123] }))

  expect(figureOf(rounds)).toEqual({ tps: 20, tpsMin: 10, p50: 20, p99: 30.12 })
})

it.each([
  // values, share, expected, why
  [[1, 2, 3, 4], 0.5, 2, 'half of them are no more'],
  [[1, 2, 3, 4], 0.51, 3, 'half is not enough'],
  [[5], 0.99, 5, 'one is all'],
  [[1, 2], 1, 2, 'the largest'],
])('of %j at %d: %d (%s)', (values, share, expected, _why) => {
  expect(percentile(Float64Array.from(values), share)).toBe(expected)
})
