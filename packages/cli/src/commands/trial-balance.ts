import type { AccountBalance } from '@pisto/sdk'
import { Command } from 'commander'
import { type ConnectedTenant, type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { misused, Unsuccessful } from '../failure.ts'
import { renderTrialBalance, type ToldTrialBalance } from '../rendering/trial-balance.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface TrialBalanceFlags extends ConnectionOptions {
  readonly asOf?: string
  readonly accounts?: true
  readonly json?: true
}

export function trialBalanceCommand(terminal: Terminal): Command {
  const trialBalance = new Command('trial-balance')
    .description('debits and credits by purpose of account; exit code 1 where they do not balance')
    .option('--as-of <sequence>', 'after this transaction; default: the newest')
    .option('--accounts', 'account by account, too')
    .option('--json', 'one line of JSON')
    .action((flags: TrialBalanceFlags) => run(terminal, flags))
  return withConnection(trialBalance)
}

async function run(terminal: Terminal, flags: TrialBalanceFlags): Promise<void> {
  const { asOf } = flags
  if (asOf !== undefined && !/^\d{1,15}$/.test(asOf)) throw misused(`--as-of ${asOf} is no sequence`)
  const told: ToldTrialBalance[] = []
  for (const tenant of await connect(terminal, flags)) told.push(await readBooks(tenant, flags))
  if (flags.json) await printJson(terminal, { tenants: told })
  else for (const books of told) await print(terminal, ...renderTrialBalance(terminal, books))
  if (told.some(({ totals }) => totals.some(({ isBalanced }) => !isBalanced))) throw new Unsuccessful()
}

async function readBooks(
  { client, tenant }: ConnectedTenant,
  { asOf, accounts }: TrialBalanceFlags,
): Promise<ToldTrialBalance> {
  const books = await client.reports.trialBalance(asOf === undefined ? {} : { asOf: Number(asOf) })
  const whose = { tenantId: tenant.id, code: tenant.code }
  if (!accounts) return { ...whose, ...books }
  const all: AccountBalance[] = []
  const moment = { asOf: books.asOfSequence, limit: 100 }
  for await (const account of client.reports.trialBalanceAccounts(moment)) all.push(account)
  return { ...whose, ...books, accounts: all }
}
