import { stat } from 'node:fs/promises'
import { Command } from 'commander'
import { type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { failed, misused, Unsuccessful } from '../failure.ts'
import { KEYS_HELP, readKeys } from '../keys.ts'
import { createProgress } from '../progress.ts'
import { renderVerdicts } from '../rendering/verdicts.ts'
import { print, printJson, type Terminal } from '../terminal.ts'
import type { BooksVerdict } from '../verify/findings.ts'
import type { ExportVerdict } from '../verify/over-export.ts'

interface VerifyFlags extends ConnectionOptions {
  readonly databaseUrl?: string
  readonly data?: string
  readonly export?: string
  readonly keys?: string
  readonly json?: true
}

export function verifyCommand(terminal: Terminal): Command {
  const verify = new Command('verify')
    .description('recompute the log, balances and proofs; names the first leaf that is wrong')
    .option('--database-url <url>', 'read a PostgreSQL itself: every tenant, every table')
    .option('--data <dir>', 'read a sandbox’s folder itself; the sandbox must not be running')
    .option('--export <file>', 'read what `pisto log export` wrote; needs no server')
    .option('--keys <url|file>', `with --export: ${KEYS_HELP}; default: those in the file`)
    .option('--json', 'one line of JSON')
    .action((flags: VerifyFlags) => run(terminal, flags))
  return withConnection(verify)
}

async function run(terminal: Terminal, flags: VerifyFlags): Promise<void> {
  const given = [flags.databaseUrl, flags.data, flags.url, flags.export].filter((value) => value !== undefined)
  if (given.length > 1) throw misused('--url, --database-url, --data and --export: one of them')
  if (flags.keys !== undefined && flags.export === undefined) throw misused('--keys goes with --export')
  const verdicts = await verdictsOf(terminal, flags)
  const ok = verdicts.every((verdict) => verdict.ok)
  if (flags.json) await printJson(terminal, { ok, tenants: verdicts })
  else await print(terminal, ...renderVerdicts(terminal, verdicts))
  if (!ok) throw new Unsuccessful()
}

async function verdictsOf(terminal: Terminal, flags: VerifyFlags): Promise<readonly BooksVerdict[]> {
  if (flags.export !== undefined) {
    const verdict = await verifyFile(terminal, flags.export, flags)
    if (verdict.keysFrom === 'export') terminal.warn(OWN_KEYS)
    return [verdict]
  }
  const isStored = flags.databaseUrl !== undefined || flags.data !== undefined
  return isStored ? verifyDatabase(flags) : verifyServer(terminal, flags)
}

const OWN_KEYS = 'Verified by the keys in the export itself. Give those you know by --keys, to know who signed it.'

async function verifyServer(terminal: Terminal, flags: VerifyFlags): Promise<readonly BooksVerdict[]> {
  const { verifyOverApi } = await import('../verify/over-api.ts')
  const verdicts: BooksVerdict[] = []
  for (const connected of await connect(terminal, flags)) {
    const progress = createProgress(terminal, 1, `leaves of ${connected.tenant.code}`)
    try {
      verdicts.push(await verifyOverApi(connected, (done, size) => progress.update(done, size)))
    } finally {
      progress.stop()
    }
  }
  return verdicts
}

async function verifyDatabase({ databaseUrl, data = '' }: VerifyFlags): Promise<readonly BooksVerdict[]> {
  const { connectPglite, connectPostgres } = await import('@pisto/ledger/database')
  const { verifyStored } = await import('../verify/stored.ts')
  if (databaseUrl === undefined && !(await stat(data).catch(() => undefined))?.isDirectory()) {
    throw failed(`${data} is no folder of a sandbox`)
  }
  const db =
    databaseUrl === undefined ? await openFolder(() => connectPglite({ dataDir: data })) : connectPostgres(databaseUrl)
  try {
    return await verifyStored(db)
  } catch (cause) {
    throw failed(`The books cannot be read: ${(cause as Error).message}`, undefined, cause)
  } finally {
    await db.close()
  }
}

async function verifyFile(terminal: Terminal, file: string, flags: VerifyFlags): Promise<ExportVerdict> {
  const { verifyExport } = await import('../verify/over-export.ts')
  const keys = flags.keys === undefined ? undefined : (await readKeys(terminal, flags.keys)).keys
  const progress = createProgress(terminal, 1, 'leaves of the export')
  try {
    return await verifyExport(file, keys, (done, size) => progress.update(done, size))
  } finally {
    progress.stop()
  }
}

async function openFolder<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FolderInUse') throw error
    throw failed(error.message, 'Stop that sandbox, or ask it: pisto verify --url URL --key KEY.', error)
  }
}
