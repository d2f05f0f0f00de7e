import { embeddedPostgres } from '@pisto/testkit'
import { expect, it } from 'vitest'
import { record } from '../../testing/recording-terminal.ts'
import type { LedgerBench } from './result.ts'

const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0 && Number.isFinite(value))
const figure = { tps: positive, tpsMin: positive, p50: positive, p99: positive }
const byWorkload = {
  random: { '8': figure, '64': figure, '512': figure },
  hot: { '8': figure, '64': figure, '512': figure },
}
const TINY = ['--seconds', '0.2', '--rounds', '1', '--leaves', '1500']

it('measures on both databases, and the books are right afterwards', async () => {
  await using postgres = await embeddedPostgres()
  const url = await postgres.newDatabase()

  const { exitCode, out, error } = await record(['bench', 'ledger', '--database-url', url, '--json', ...TINY])

  expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' }) // it fails unless all that was acknowledged is there, once
  const bench = JSON.parse(out) as LedgerBench
  expect(bench).toMatchObject({
    postgres: byWorkload,
    pglite: byWorkload,
    sqlFunction: { random8: figure, hot8: figure },
    proofMs: positive,
    growth: null,
    ratios: { hotOverRandom: positive, sqlFunctionHot: positive, growth: null },
    measuring: { secondsPerFigure: 0.2, rounds: 1 },
  })
  const { pgbench, ratios } = bench // not everybody has the program
  const comparable = [pgbench.tpcb8, pgbench.tpcb8Prepared, ratios.tpcb512, ratios.tpcb8]
  expect(comparable).toEqual(pgbench.tpcb8 === null ? Array(4).fill(null) : Array(4).fill(positive))
  expect(bench.proofLeaves).toBeGreaterThanOrEqual(1500)
  expect(bench.bytesPerTransfer).toBeGreaterThan(386) // the leaf alone
  expect(bench.bytesPerTransfer).toBeLessThan(10_000)
  for (const { p50, p99 } of Object.values(bench.postgres.hot)) expect(p99).toBeGreaterThanOrEqual(p50)
})
