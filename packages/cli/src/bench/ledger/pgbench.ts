import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { failed } from '../../failure.ts'

const CLIENTS = 8
/** Branches: more than clients, so that rows are not what they wait for. */
const SCALE = 10
/** Where Debian and Ubuntu put the programs of each version. */
const DEBIAN = '/usr/lib/postgresql'

/** How pgbench sends its statements: as texts (its default), or prepared once. */
export type PgbenchProtocol = 'simple' | 'prepared'

/** PostgreSQL's own benchmark program on one database. */
export interface Pgbench {
  /** Transactions a second. */
  measure(protocol: PgbenchProtocol, seconds: number): Promise<number>
}

/**
 * Looks for pgbench on the path, then where Debian keeps it, newest version first.
 * @param path The environment's PATH.
 * @returns Undefined: it is not installed.
 */
export async function findPgbench(path: string): Promise<string | undefined> {
  const versions = await readdir(DEBIAN).catch(() => [])
  const debian = versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin'))
  for (const folder of [...path.split(delimiter).filter((part) => part !== ''), ...debian]) {
    const program = join(folder, 'pgbench')
    if (
      await access(program, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return program
  }
  return undefined
}

/**
 * Makes the tables of TPC-B (scale 10) in a database.
 * @throws {CommandFailure} pgbench fails
 * @see PostgreSQL 18, pgbench, “What Is the "Transaction" Actually Performed in pgbench?”
 */
export async function preparePgbench(program: string, url: string): Promise<Pgbench> {
  await run(program, ['--initialize', '--quiet', `--scale=${SCALE}`, url])
  return {
    async measure(protocol, seconds) {
      const time = `--time=${Math.max(1, Math.round(seconds))}` // whole seconds only
      const load = [`--client=${CLIENTS}`, '--jobs=2', time, `--protocol=${protocol}`, '--no-vacuum']
      return readTps(await run(program, [...load, url]))
    },
  }
}

/** Transactions a second in what pgbench printed. @throws {CommandFailure} it did not say */
export function readTps(printed: string): number {
  const tps = /^tps = ([0-9.]+) \(without initial connection time\)$/m.exec(printed)?.[1]
  if (tps === undefined) throw failed(`pgbench did not tell its rate: ${printed.trim()}`)
  return Number(tps)
}

async function run(program: string, arguments_: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, arguments_)).stdout
  } catch (cause) {
    throw failed(`pgbench failed: ${(cause as Error).message.trim()}`, undefined, cause)
  }
}
