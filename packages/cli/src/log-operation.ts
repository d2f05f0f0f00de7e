import { stat } from 'node:fs/promises'
import type { LogOperator } from '@pisto/server'
import type { Command } from 'commander'
import { failed, misused } from './failure.ts'

/** Which books, and where their signer remembers. */
export interface BooksFlags {
  readonly data?: string
  readonly databaseUrl?: string
  readonly signerMemory?: string
  readonly randomSeed?: string
}

/** Adds what a command that works on the books themselves needs; the same as the sandbox of these books is given. */
export function withBooks(command: Command): Command {
  return command
    .option('--data <dir>', 'a sandbox’s folder; the sandbox must not be running')
    .option('--database-url <url>', 'a PostgreSQL; servers may be running on it')
    .option('--signer-memory <dir>', 'where the signer remembers what it signed; default: as the sandbox has it')
    .option('--random-seed <number>', 'if the sandbox is started with one')
}

/** Opens the logs of some books for the length of `work`. @throws {CommandFailure} they cannot be opened */
export async function operateLogs<T>(flags: BooksFlags, work: (operator: LogOperator) => Promise<T>): Promise<T> {
  const { data, databaseUrl, signerMemory, randomSeed } = flags
  if ((data === undefined) === (databaseUrl === undefined)) throw misused('--data or --database-url: one of them')
  if (data !== undefined && !(await stat(data).catch(() => undefined))?.isDirectory()) {
    throw failed(`${data} is no folder of a sandbox`)
  }
  const { openLogOperator } = await import('@pisto/server')
  const operator = await openLogOperator({ dataDir: data, databaseUrl, signerMemory, randomSeed }).catch(
    (error: unknown) => {
      throw explainOpening(error)
    },
  )
  try {
    return await work(operator)
  } finally {
    await operator.close()
  }
}

function explainOpening(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'ConfigurationInvalid') return misused(error.message)
  if (error.name === 'FolderInUse') return failed(error.message, 'Stop that sandbox first.', error)
  return failed(`The books cannot be opened: ${error.message}`, undefined, error)
}
