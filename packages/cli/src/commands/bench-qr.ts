import { performance } from 'node:perf_hooks'
import { Command } from 'commander'
import type { QrBench } from '../bench/qr/bench-qr.ts'
import { misused } from '../failure.ts'
import { createProgress } from '../progress.ts'
import { renderTable } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface QrFlags {
  readonly rounds: string
  readonly json?: true
}

const MILLISECONDS_PER_ROUND = 150

export function benchQrCommand(terminal: Terminal): Command {
  return new Command('qr')
    .description('codes a second read and written, beside other published codecs; their verdicts; sizes')
    .option('--rounds <number>', 'turns of each codec', '15')
    .option('--json', 'one line of JSON')
    .action((flags: QrFlags) => run(terminal, flags))
}

async function run(terminal: Terminal, flags: QrFlags): Promise<void> {
  const rounds = Number(flags.rounds)
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000)
    throw misused('--rounds is a whole number from 1 to 1000')
  const { benchQr } = await import('../bench/qr/bench-qr.ts') // the other codecs are installed in the repository only
  const progress = createProgress(terminal, 2 * rounds, 'rounds')
  const bench = await benchQr({
    rounds,
    millisecondsPerRound: MILLISECONDS_PER_ROUND,
    now: () => performance.now(),
    onProgress: (done) => progress.update(done),
  }).finally(() => progress.stop())
  if (flags.json) await printJson(terminal, bench)
  else await print(terminal, ...render(terminal, bench))
}

function render(terminal: Terminal, { parse, build, correctness, ratios, bundle }: QrBench): readonly string[] {
  const perSecond = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en-US'))
  const rows = Object.entries(correctness).map(([name, { good, of }]) => [
    name,
    perSecond(parse[name as keyof typeof parse]),
    perSecond(build[name as keyof typeof build]),
    `${good} of ${of}`,
  ])
  const head = ['codec', 'read a second', 'written a second', 'right verdicts']
  return [
    renderTable(terminal, head, rows, { right: [1, 2, 3] }),
    '',
    `Pisto over the quickest of the others: reads ${ratios.parse} × (wanted 1.5), writes ${ratios.build} × (wanted 1)`,
    `Gzipped: codec ${bundle.codecGz} bytes (at most 6144), receipt verifier ${bundle.verifierGz} bytes (at most 15360)`,
  ]
}
