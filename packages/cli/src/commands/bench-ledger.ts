import { performance } from 'node:perf_hooks'
import { Command } from 'commander'
import { failed, misused } from '../failure.ts'
import { createProgress, type Progress } from '../progress.ts'
import { renderLedgerBench } from '../rendering/ledger-bench.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface LedgerFlags {
  readonly databaseUrl?: string
  readonly json?: true
  readonly long?: true
  readonly seconds: string
  readonly rounds: string
  readonly leaves: string
}

export function benchLedgerCommand(terminal: Terminal): Command {
  return new Command('ledger')
    .description('transfers a second beside pgbench and a SQL function, latencies, sizes, proofs')
    .option('--database-url <url>', 'a PostgreSQL to make databases on; default: one of its own, durable')
    .option('--seconds <number>', 'how long each figure is measured, in all', '5')
    .option('--rounds <number>', 'in how many turns', '3')
    .option('--leaves <number>', 'leaves of the log whose proofs are timed, at least', '1000000')
    .option('--long', 'lets books grow to 10 million entries as well')
    .option('--json', 'one line of JSON')
    .action((flags: LedgerFlags) => run(terminal, flags))
}

async function run(terminal: Terminal, flags: LedgerFlags): Promise<void> {
  const { databaseUrl } = flags
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw misused(
      `--database-url ${databaseUrl} is no URL of a PostgreSQL`,
      'Like postgresql://user@host:5432/postgres.',
    )
  }
  const options = {
    databaseUrl,
    seconds: numberOf('--seconds', flags.seconds, 0.05, 600),
    rounds: numberOf('--rounds', flags.rounds, 1, 100),
    leaves: numberOf('--leaves', flags.leaves, 1, 100_000_000),
    isLong: flags.long === true,
    path: terminal.environment['PATH'] ?? '',
    clock: terminal,
    now: () => performance.now(),
  }
  const { benchLedger } = await import('../bench/ledger/bench-ledger.ts')
  const progress = stages(terminal)
  const bench = await benchLedger({ ...options, onProgress: progress.tell })
    .catch((error: unknown) => {
      throw explained(error)
    })
    .finally(progress.stop)
  if (flags.json) await printJson(terminal, bench)
  else await print(terminal, ...renderLedgerBench(terminal, bench))
}

function explained(error: unknown): unknown {
  const { name, code, message } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND') return failed('No PostgreSQL is installed', 'Name one by --database-url.', error)
  return name === 'ConnectionLost' ? failed(`PostgreSQL does not answer: ${message}`, undefined, error) : error
}

function numberOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  const isWhole = name === '--seconds' || Number.isInteger(value)
  if (text.trim() === '' || !isWhole || !(value >= min && value <= max)) {
    throw misused(`${name} is a ${name === '--seconds' ? '' : 'whole '}number from ${min} to ${max}`)
  }
  return value
}

/** A bar for what goes on, a new one for what comes next. */
function stages(terminal: Terminal): {
  readonly tell: (what: string, done: number, total: number) => void
  readonly stop: () => void
} {
  let stage: { readonly what: string; readonly progress: Progress } | undefined
  const stop = (): void => stage?.progress.stop()
  return {
    tell(what, done, total) {
      if (stage?.what !== what) {
        stop()
        stage = { what, progress: createProgress(terminal, total, what) }
      }
      stage.progress.update(done, total)
    },
    stop,
  }
}
