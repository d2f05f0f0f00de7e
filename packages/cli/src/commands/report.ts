import type { CreateReport } from '@pisto/sdk'
import { Command, Option } from 'commander'
import { type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { misused } from '../failure.ts'
import { type FileOutput, putOut, requirePlace } from '../file-output.ts'
import type { Terminal } from '../terminal.ts'

interface ReportFlags extends ConnectionOptions, FileOutput, CreateReport {}

export function reportCommand(terminal: Terminal): Command {
  const report = new Command('report')
    .description('all transactions of a tenant as CSV, or as a journal for hledger or beancount')
    .addOption(
      new Option('--format <format>', 'what it is written as')
        .choices(['csv', 'hledger', 'beancount'])
        .makeOptionMandatory(),
    )
    .option('--from <day>', 'first local day, YYYY-MM-DD; default: from the beginning')
    .option('--to <day>', 'last local day; default: today')
    .option('--out <file>', 'where it goes; default: standard output')
    .option('--json', 'one line of JSON about what was written to --out')
    .action((flags: ReportFlags) => run(terminal, flags))
  return withConnection(report)
}

async function run(terminal: Terminal, flags: ReportFlags): Promise<void> {
  const { format, from, to } = flags
  requirePlace(terminal, format, flags)
  const [tenant, another] = await connect(terminal, flags)
  if (tenant === undefined || another !== undefined) {
    throw misused('A report is of one tenant, and several keys were given', 'Give one key by --key.')
  }
  const days = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  await putOut(terminal, await tenant.client.reports.create({ format, ...days }), flags)
}
