import { expect, it } from 'vitest'
import { isMet, ratiosOf, type Wanted } from './ratios.ts'

const figure = (tps: number) => ({ tps, tpsMin: tps, p50: 1, p99: 2 })
const byCallers = (eight: number, most: number) => ({ '8': figure(eight), '64': figure(1), '512': figure(most) })
const measured = {
  postgres: { random: byCallers(300, 2000), hot: byCallers(1, 1900) },
  pgbench: { tpcb8: 150, tpcb8Prepared: 200 },
  sqlFunction: { random8: figure(100), hot8: figure(50) },
  growth: [
    { entries: 10, tps: 120 },
    { entries: 100, tps: 500 },
    { entries: 1000, tps: 100 },
  ],
}

it('compares what the wanted numbers compare', () => {
  expect(ratiosOf(measured)).toEqual({ tpcb512: 13.33, tpcb8: 2, hotOverRandom: 0.95, sqlFunctionHot: 38, growth: 1.2 })
})

it('makes up nothing where something was not measured', () => {
  const without = { ...measured, pgbench: { tpcb8: null, tpcb8Prepared: null }, growth: null }

  expect(ratiosOf(without)).toMatchObject({ tpcb512: null, tpcb8: null, growth: null, hotOverRandom: 0.95 })
})

it.each<[value: number | null, direction: Wanted['direction'], met: boolean | undefined]>([
  [12, 'atLeast', true],
  [11.99, 'atLeast', false],
  [12, 'atMost', true],
  [12.01, 'atMost', false],
  [null, 'atMost', undefined],
])('%d is %s 12: %s', (value, direction, met) => {
  expect(isMet({ name: '', value, wanted: 12, direction, unit: '×' })).toBe(met)
})
