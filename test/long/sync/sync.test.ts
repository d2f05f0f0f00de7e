import { type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runSync } from './sync.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ requestsPerMinute: 1_000_000 })
})
afterAll(() => sandbox.stop())

const SEEDS = Array.from({ length: 20 }, (_, n) => [n + 1])

let since: string | undefined

it.each(SEEDS)('seed %i: 3 devices, 14 days, losses, doubles and kills: the server equals the model', async (seed) => {
  const nextDay = () => sandbox.advanceClock(86_400)
  const { faults, lastEvent, ...figures } = await runSync(sandbox.client('GT'), {
    seed,
    operations: 28,
    nextDay,
    since,
  })
  since = lastEvent

  expect(faults).toEqual([])
  expect(figures.operations).toBeGreaterThanOrEqual(28)
})
