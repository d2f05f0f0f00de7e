import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { timeStartup } from '../bench/sandbox-process.ts'
import { type Spread, spreadOf } from '../bench/spread.ts'
import { misused } from '../failure.ts'
import { createProgress } from '../progress.ts'
import { renderTable } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'
import { benchLedgerCommand } from './bench-ledger.ts'
import { benchQrCommand } from './bench-qr.ts'
import { benchScreeningCommand } from './bench-screening.ts'

interface StartupFlags {
  readonly times: string
  readonly json?: true
}

/** Seconds to the ready line, by where the books are. */
type StartupTimes = Readonly<Record<'freshFolder' | 'existingFolder' | 'memory', Spread>>

export function benchCommand(terminal: Terminal): Command {
  const startup = new Command('startup')
    .description('seconds from the start of the process to a ready sandbox')
    .option('--times <number>', 'how often each', '5')
    .option('--json', 'one line of JSON')
    .action((flags: StartupFlags) => run(terminal, flags))
  return new Command('bench')
    .description('measurements')
    .addCommand(startup)
    .addCommand(benchLedgerCommand(terminal))
    .addCommand(benchQrCommand(terminal))
    .addCommand(benchScreeningCommand(terminal))
}

async function run(terminal: Terminal, flags: StartupFlags): Promise<void> {
  const times = Number(flags.times)
  if (!Number.isInteger(times) || times < 1 || times > 100) throw misused('--times is a whole number from 1 to 100')
  const progress = createProgress(terminal, 3 * times, 'starts')
  const measured = await measure(times, (done) => progress.update(done)).finally(() => progress.stop())
  if (flags.json) return printJson(terminal, { seconds: measured, times })

  const rows = Object.entries(measured).map(([name, spread]) => [
    NAMES[name as keyof StartupTimes],
    ...[spread.min, spread.median, spread.max].map((seconds) => seconds.toFixed(2)),
  ])
  const head = ['books', 'min', 'median', 'max']
  await print(terminal, `Seconds to the ready line, ${times} starts each`)
  await print(terminal, renderTable(terminal, head, rows, { right: [1, 2, 3] }))
}

const NAMES: Readonly<Record<keyof StartupTimes, string>> = {
  freshFolder: 'in a fresh folder',
  existingFolder: 'in an existing folder',
  memory: 'in memory',
}

async function measure(times: number, onProgress: (done: number) => void): Promise<StartupTimes> {
  const fresh: number[] = []
  const existing: number[] = []
  const memory: number[] = []
  for (let round = 0; round < times; round++) {
    const folder = await mkdtemp(join(tmpdir(), 'pisto-bench-'))
    try {
      fresh.push(await timeStartup(folder))
      existing.push(await timeStartup(folder))
      memory.push(await timeStartup('memory'))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    onProgress(3 * (round + 1))
  }
  return { freshFolder: spreadOf(fresh), existingFolder: spreadOf(existing), memory: spreadOf(memory) }
}
