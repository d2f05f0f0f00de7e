import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { Command } from 'commander'
import { currentLoad } from '../bench/ledger/machine.ts'
import type { Agreement } from '../bench/screening/agreement.ts'
import type { ScreeningBench } from '../bench/screening/bench-screening.ts'
import { misused } from '../failure.ts'
import { renderTable } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ScreeningFlags {
  readonly seed: string
  readonly entries: string
  readonly people: string
  readonly json?: true
}

export function benchScreeningCommand(terminal: Terminal): Command {
  return new Command('screening')
    .description(
      'right decisions on labelled pairs beside Jaro-Winkler; false alarms; time for a name and for a change',
    )
    .option('--seed <number>', 'of all that is drawn', '1')
    .option('--entries <number>', 'of the list that names are searched in', '100000')
    .option('--people <number>', 'who are screened again when a list changes', '1000000')
    .option('--json', 'one line of JSON')
    .action((flags: ScreeningFlags) => run(terminal, flags))
}

async function run(terminal: Terminal, flags: ScreeningFlags): Promise<void> {
  const { benchScreening } = await import('../bench/screening/bench-screening.ts') // Jaro-Winkler: in the repository only
  const entries = wholeNumber('--entries', flags.entries)
  const loadBefore = currentLoad()
  const bench = benchScreening({
    seed: wholeNumber('--seed', flags.seed),
    pairs: 2000,
    unlisted: Math.min(10_000, wholeNumber('--people', flags.people)),
    unlistedEntries: 1000,
    entries,
    names: 2000,
    people: wholeNumber('--people', flags.people),
    changedEntries: 200,
    now: () => performance.now(),
    memory: () => process.memoryUsage().rss,
    onStep: (step) => terminal.screen?.write(`${step} …\n`),
  })
  if (flags.json) {
    const machine = { cores: cpus().length, node: process.version, load: { before: loadBefore, after: currentLoad() } }
    await printJson(terminal, { measuredAt: terminal.now().toISOString(), machine, ...bench })
  } else await print(terminal, ...render(terminal, bench))
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 10_000_000) return number
  throw misused(`${name} is a whole number from 1 to 10,000,000`)
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`

function render(terminal: Terminal, bench: ScreeningBench): readonly string[] {
  const { screening, jaroWinkler, falsePositives, search, rescreen } = bench
  const row = (name: string, { precision, recall, f1 }: Agreement): string[] => [
    name,
    ...[precision, recall, f1].map((share) => share.toFixed(4)),
  ]
  const rows = [
    row('Pisto', screening),
    row(`Jaro-Winkler, whole names, ${jaroWinkler.whole.threshold}`, jaroWinkler.whole),
    row(`Jaro-Winkler, sorted words, ${jaroWinkler.sorted.threshold}`, jaroWinkler.sorted),
  ]
  const count = (value: number): string => value.toLocaleString('en-US')
  return [
    `${count(bench.pairs.generated)} pairs by rules and ${bench.pairs.byHand} by hand, seed ${bench.seed}`,
    renderTable(terminal, ['matcher, threshold', 'precision', 'recall', 'F1'], rows, { right: [1, 2, 3] }),
    '',
    `False alarms: ${count(falsePositives.people)} people against ${count(falsePositives.entries)} entries: ` +
      `${percent(falsePositives.byName)} by name alone, ${percent(falsePositives.withBirthDates)} with birth dates`,
    `One name against ${count(search.entries)} entries: ${search.mean} ms on average, ${search.median} ms median, ` +
      `${search.p99} ms at the 99th percentile`,
    `${count(rescreen.people)} people against ${rescreen.changedEntries} changed entries: ${rescreen.seconds} s, ` +
      `${rescreen.affected} affected, at most ${Math.round(rescreen.peakBytes / 2 ** 20)} MiB`,
  ]
}
