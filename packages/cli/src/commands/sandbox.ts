import { performance } from 'node:perf_hooks'
import type { LogLevel, StartOptions } from '@pisto/server'
import { Command, Option } from 'commander'
import { failed, misused } from '../failure.ts'
import { renderWelcome } from '../rendering/welcome.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface SandboxFlags {
  readonly port?: string
  readonly data?: string
  readonly databaseUrl?: string
  readonly signerMemory?: string
  readonly seed: 'demo' | 'empty'
  readonly randomSeed?: string
  readonly hostName?: readonly string[]
  readonly log?: LogLevel
  readonly json?: true
}

export function sandboxCommand(terminal: Terminal): Command {
  return new Command('sandbox')
    .description('start a sandbox: four tenants, play money, a test clock')
    .option('--port <number>', 'default PISTO_PORT, else 8787; 0 takes any free one')
    .option('--data <dir|memory>', 'keep the books in a folder; default PISTO_DATA, else memory: gone when it stops')
    .option('--database-url <url>', 'keep the books in a PostgreSQL; default PISTO_DATABASE_URL')
    .option('--signer-memory <dir>', 'where the log’s signer remembers what it signed; default: docs/guides/restore.md')
    .addOption(new Option('--seed <seed>', 'what is there at the start').choices(['demo', 'empty']).default('demo'))
    .option('--random-seed <number>', 'ids and codes repeat for the same seed and the same calls')
    .option('--host-name <name...>', 'answer under these names too, beside localhost')
    .addOption(new Option('--log <level>', 'to standard error').choices(['debug', 'info', 'warn', 'error', 'silent']))
    .option('--json', 'one line of JSON once it is ready')
    .action((flags: SandboxFlags) => run(terminal, flags))
}

async function run(terminal: Terminal, flags: SandboxFlags): Promise<void> {
  const options = startOptions(terminal, flags)
  const interrupted = terminal.interrupted()
  const server = await start(options)
  const { url, tenants } = server
  const consoleUrl = `${url}/console`
  if (flags.json) await printJson(terminal, { url, consoleUrl, tenants })
  else {
    const secondsToReady = performance.now() / 1000 // since the process began
    await print(terminal, ...renderWelcome(terminal, { url, tenants, books: booksOf(options), secondsToReady }))
  }
  await interrupted
  terminal.warn('Stopping: what was accepted is finished first. Once more stops at once.')
  await server.stop()
}

/** Flags before the environment before defaults; a folder that is asked for is not overruled by the environment. */
function startOptions({ environment }: Terminal, flags: SandboxFlags): StartOptions {
  const { PISTO_DATABASE_URL, PISTO_DATA, PISTO_LOG } = environment
  if (flags.data !== undefined && flags.databaseUrl !== undefined) throw misused('--data and --database-url: which?')
  if (flags.port !== undefined && !/^\d{1,5}$/.test(flags.port)) throw misused(`--port ${flags.port} is no port`)
  const databaseUrl = flags.databaseUrl ?? (flags.data === undefined ? PISTO_DATABASE_URL || undefined : undefined)
  return {
    port: flags.port === undefined ? undefined : Number(flags.port),
    databaseUrl,
    dataDir: databaseUrl === undefined ? (flags.data ?? (PISTO_DATA || 'memory')) : undefined,
    signerMemory: flags.signerMemory,
    seed: flags.seed,
    randomSeed: flags.randomSeed,
    allowedHosts: flags.hostName,
    log: flags.log ?? ((PISTO_LOG || 'warn') as LogLevel),
  }
}

function booksOf({ dataDir, databaseUrl }: StartOptions): string {
  if (databaseUrl !== undefined) return `in PostgreSQL (${new URL(databaseUrl).host})`
  return dataDir === 'memory' ? 'in memory: gone when it stops. --data .pisto keeps them.' : `in the folder ${dataDir}`
}

async function start(options: StartOptions) {
  const { startServer } = await import('@pisto/server') // only now: other commands start without it
  try {
    return await startServer(options)
  } catch (error) {
    throw explainStart(error, options)
  }
}

/** Why it did not start, for a person. Named by `name`: the classes are not loaded for other commands. */
function explainStart(error: unknown, { port, databaseUrl }: StartOptions): unknown {
  if (!(error instanceof Error)) return error
  const { name, message } = error
  const { code } = error as NodeJS.ErrnoException
  if (name === 'ConfigurationInvalid') return misused(message)
  if (name === 'FolderInUse') return failed(message, 'Stop that sandbox first, or choose another folder.', error)
  if (code === 'EADDRINUSE') {
    return failed(
      `Port ${port ?? 8787} is in use`,
      'Is a sandbox running already? --port 0 takes any free port.',
      error,
    )
  }
  if (code === 'EACCES') return failed(`No permission: ${message}`, undefined, error)
  if (databaseUrl !== undefined && (name === 'ConnectionLost' || code !== undefined)) {
    return failed(`The database at ${new URL(databaseUrl).host} does not answer: ${message}`, undefined, error)
  }
  return error
}
