import type { Figure } from '../bench/ledger/figure.ts'
import { isMet, type Wanted, wantedOf } from '../bench/ledger/ratios.ts'
import { CALLERS, type LedgerBench } from '../bench/ledger/result.ts'
import { renderTable, type Screen } from './table.ts'

/** Figures, then what was wanted of them, then where it was measured. */
export function renderLedgerBench(screen: Screen, bench: LedgerBench): string[] {
  return [
    renderTable(screen, ['transfers', 'callers', 'a second', 'slowest round', 'p50 ms', 'p99 ms'], figures(bench), {
      right: [1, 2, 3, 4, 5],
    }),
    ...(bench.pgbench.tpcb8 === null
      ? [screen.colours.yellow('pgbench is not installed (Debian: postgresql-client): nothing is compared with it.')]
      : []),
    '',
    renderTable(
      screen,
      ['', 'measured', 'wanted', ''],
      wantedOf(bench).map((one) => verdict(screen, one)),
      {
        right: [1, 2],
      },
    ),
    '',
    `${bench.bytesPerTransfer} bytes are stored for a transfer, indexes included.`,
    `Proofs were read from a log of ${count(bench.proofLeaves)} leaves.`,
    ...(bench.growth ?? []).map(
      ({ entries, tps }) => `With ${count(entries)} entries: ${count(tps)} transfers a second.`,
    ),
    ...machine(bench),
  ]
}

function figures({ postgres, pglite, pgbench, sqlFunction }: LedgerBench): string[][] {
  const rows: [name: string, callers: number, figure: Figure][] = []
  for (const [database, workloads] of [
    ['PostgreSQL', postgres],
    ['PGlite', pglite],
  ] as const) {
    for (const workload of ['random', 'hot'] as const) {
      for (const callers of CALLERS) rows.push([`${database}, ${workload}`, callers, workloads[workload][callers]])
    }
  }
  rows.push(['SQL function, random', 8, sqlFunction.random8], ['SQL function, hot', 8, sqlFunction.hot8])
  const told = rows.map(([name, callers, { tps, tpsMin, p50, p99 }]) => {
    return [name, String(callers), count(tps), count(tpsMin), p50.toFixed(2), p99.toFixed(2)]
  })
  const rate = (name: string, tps: number | null): string[] => [name, '8', tps === null ? '–' : count(tps), '', '', '']
  return [...told, rate('pgbench TPC-B', pgbench.tpcb8), rate('pgbench TPC-B, prepared', pgbench.tpcb8Prepared)]
}

function verdict({ colours }: Screen, one: Wanted): string[] {
  const { name, value, wanted, direction, unit } = one
  const written = (number: number): string => (unit === '/s' ? `${count(number)}${unit}` : `${number} ${unit}`)
  const met = isMet(one)
  const word = met === undefined ? 'not measured' : met ? colours.green('met') : colours.red('not met')
  return [
    name,
    value === null ? '–' : written(value),
    `${direction === 'atLeast' ? '≥' : '≤'} ${written(wanted)}`,
    word,
  ]
}

function machine({ machine, measuring }: LedgerBench): string[] {
  const { processor, cores, memoryGigabytes, node, postgres, load } = machine
  const settings = Object.entries(postgres).map(([name, value]) => `${name} ${value}`)
  return [
    `${cores} cores of ${processor}, ${memoryGigabytes} GB, Node ${node}; load ${load.before} before, ${load.after} at the end.`,
    `PostgreSQL: ${settings.join(', ')}.`,
    `${measuring.secondsPerFigure} seconds each, in ${measuring.rounds} rounds; the median round is told.`,
  ]
}

const count = (value: number): string => value.toLocaleString('en')
