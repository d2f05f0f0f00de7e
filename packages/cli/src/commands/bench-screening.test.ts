import { expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

/** Small lists: what is decided is measured in full, speed only as far as it is a number. */
const SMALL = ['bench', 'screening', '--entries', '300', '--people', '300']

it('decides right on its own pairs, and better than Jaro-Winkler at its best', async () => {
  const { out, exitCode } = await record([...SMALL, '--json'])
  const bench = JSON.parse(out)

  expect(exitCode).toBe(0)
  expect(bench.pairs.generated).toBe(2000)
  expect(bench.screening.f1).toBeGreaterThanOrEqual(0.97)
  expect(bench.screening.recall).toBeGreaterThanOrEqual(0.98)
  expect(bench.jaroWinkler.whole.f1).toBeLessThan(0.9)
  expect(bench.jaroWinkler.sorted.f1).toBeLessThan(0.9)
  expect(bench.falsePositives.byName).toBeLessThanOrEqual(0.005)
  expect(bench.search.mean).toBeGreaterThan(0)
  expect(bench.rescreen.people).toBe(300)
})

it.each(['2', '3'])('decides as well on pairs of seed %s, which nobody looked at', async (seed) => {
  const { out } = await record([...SMALL, '--seed', seed, '--json'])
  expect(JSON.parse(out).screening.f1).toBeGreaterThanOrEqual(0.97)
})

it('is used wrongly with half an entry', async () => {
  expect((await record(['bench', 'screening', '--entries', '0.5'])).exitCode).toBe(2)
})
