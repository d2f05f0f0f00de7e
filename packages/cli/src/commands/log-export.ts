import { Command } from 'commander'
import { type ConnectedTenant, type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { misused } from '../failure.ts'
import { writeWhole } from '../file-output.ts'
import { createProgress } from '../progress.ts'
import { print, printJson, type Terminal } from '../terminal.ts'
import { exportLines } from '../verify/write-export.ts'

interface ExportFlags extends ConnectionOptions {
  readonly out: string
  readonly json?: true
}

export function logExportCommand(terminal: Terminal): Command {
  const command = new Command('export')
    .description(
      'a tenant’s whole log as lines of JSON, for an auditor: `pisto verify --export FILE` needs nothing else',
    )
    .requiredOption('--out <file>', 'where to; - writes to standard output')
    .option('--json', 'one line of JSON when it is done')
    .action((flags: ExportFlags) => run(terminal, flags))
  return withConnection(command)
}

async function run(terminal: Terminal, flags: ExportFlags): Promise<void> {
  const [connected, ...more] = await connect(terminal, flags)
  if (connected === undefined || more.length > 0)
    throw misused('An export is of one tenant', 'Give one key: --key KEY.')
  const leafCount = await write(terminal, connected, flags.out)
  if (flags.out === '-') return
  if (flags.json) await printJson(terminal, { tenantCode: connected.tenant.code, leafCount, file: flags.out })
  else await print(terminal, `${leafCount} leaves of ${connected.tenant.code} are in ${flags.out}.`)
}

async function write(terminal: Terminal, connected: ConnectedTenant, out: string): Promise<number> {
  const progress = createProgress(terminal, 1, `leaves of ${connected.tenant.code}`)
  let leafCount = 0
  const lines = exportLines(connected, (count, size) => {
    leafCount = count
    progress.update(count, size)
  })
  try {
    if (out === '-') for await (const line of lines) await print(terminal, line)
    else await writeWhole(ended(lines), out)
    return leafCount
  } finally {
    progress.stop()
  }
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}
