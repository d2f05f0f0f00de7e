import { PistoApiError, type StatementFormat, type StatementPeriod } from '@pisto/sdk'
import { Command, Option } from 'commander'
import { type ConnectedTenant, type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { misused } from '../failure.ts'
import { type FileOutput, putOut, requirePlace } from '../file-output.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import { renderStatement } from '../rendering/statement.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface StatementFlags extends ConnectionOptions, FileOutput, StatementPeriod {
  readonly format?: StatementFormat
  readonly language?: Language
}

export function statementCommand(terminal: Terminal): Command {
  const statement = new Command('statement')
    .description('an account’s statement: shown here, or as a file')
    .argument('<account>', 'acc_…')
    .addOption(new Option('--format <format>', 'as a file instead').choices(['csv', 'pdf', 'camt053']))
    .option('--from <day>', 'first local day, YYYY-MM-DD; default: the first of the month of --to')
    .option('--to <day>', 'last local day; default: today')
    .option('--out <file>', 'where the file goes; default: standard output')
    .addOption(languageOption())
    .option('--json', 'one line of JSON: the statement, or what was written to --out')
    .action((account: string, flags: StatementFlags) => run(terminal, account, flags))
  return withConnection(statement)
}

async function run(terminal: Terminal, accountId: string, flags: StatementFlags): Promise<void> {
  const { format, from, to, out, language, json } = flags
  if (out !== undefined && format === undefined) throw misused('--out needs --format', '--format csv, pdf or camt053')
  if (format !== undefined) requirePlace(terminal, format, flags)
  const locale = languageFor(terminal, language)
  const { client } = await ownerOf(await connect(terminal, flags, { locale }), accountId)
  const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  if (format !== undefined) {
    await putOut(terminal, await client.accounts.statementFile(accountId, format, period), flags)
    return
  }
  const statement = await client.accounts.statement(accountId, period)
  if (json) await printJson(terminal, statement)
  else await print(terminal, ...renderStatement(terminal, statement))
}

/** Whose account it is, of those whose keys were given. @throws {PistoApiError} `account_not_found`: nobody's */
async function ownerOf(tenants: readonly ConnectedTenant[], accountId: string): Promise<ConnectedTenant> {
  let nobodys: unknown
  for (const tenant of tenants) {
    try {
      await tenant.client.accounts.get(accountId)
      return tenant
    } catch (error) {
      if (!(error instanceof PistoApiError && error.hasCode('account_not_found'))) throw error
      nobodys = error
    }
  }
  throw nobodys
}
