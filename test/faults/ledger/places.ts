import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionLost, connectPostgres, type Database } from '@pisto/ledger'
import type { CrashablePostgres } from '@pisto/testkit'
import type { KillPlan } from './kill-plan.ts'
import { openDatabase } from './open-ledger.ts'
import type { WriterTask } from './writer-task.ts'

/** What is killed: the process that writes to PostgreSQL, the process that holds a folder, or PostgreSQL itself. */
export const PLACES = ['postgres', 'pglite', 'database'] as const
export type PlaceName = (typeof PLACES)[number]

/** Where books are kept. */
export interface Place {
  /** New and empty, without tables. */
  newStore(): Promise<Store>
  /** To open it takes a second and a half: whoever writes next looks at it first. Else somebody looks from outside. */
  readonly isLookedAtByWriters: boolean
  /** Kills the database; resolves when it is back. Undefined: what writes is killed. */
  readonly strike?: (store: Store, plan: KillPlan) => Promise<void>
}

export interface Store {
  readonly books: WriterTask['books']
  /** Opens it for looking, when no process has it; waits until what a killed one left behind has ended. */
  open(): Promise<Database>
  remove(): Promise<void>
}

/** Books in folders. @param folder For temporary files. */
export const folderPlace = (folder: string): Place => ({
  async newStore() {
    const dataDir = await mkdtemp(join(folder, 'books-'))
    return {
      books: { dataDir },
      open: () => openDatabase({ dataDir }),
      remove: () => rm(dataDir, { recursive: true }),
    }
  },
  isLookedAtByWriters: true,
})

/** Books on PostgreSQL. */
export const serverPlace = (server: CrashablePostgres): Place => ({
  newStore: async () => onServer(await server.newDatabase()),
  isLookedAtByWriters: false,
})

/** Books on PostgreSQL, which is killed itself. */
export const mortalPlace = (server: CrashablePostgres): Place => ({
  ...serverPlace(server),
  strike: (store, plan) => strike(server, store, plan),
})

const onServer = (url: string): Store => ({
  books: { url },
  async open() {
    const db = connectPostgres(url, { connectionCount: 2 })
    while ((await sessionsOf(db)).length > 0) await delay(3)
    return db
  },
  remove: async () => undefined, // with the server
})

/** Process ids of others' sessions. A session whose client was killed still finishes what it was sent. */
async function sessionsOf(db: Database): Promise<number[]> {
  const rows = await db.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
       and pid <> pg_backend_pid() order by pid`,
  )
  return rows.map(({ pid }) => pid)
}

/** All processes of PostgreSQL, or the one of some connection: then PostgreSQL ends the others and recovers by itself. */
async function strike(server: CrashablePostgres, { books }: Store, { victim, afterMs }: KillPlan): Promise<void> {
  const url = 'url' in books ? books.url : ''
  if (victim === 'server') {
    await server.crash()
    await delay(afterMs)
    return server.restart()
  }
  const db = connectPostgres(url, { connectionCount: 1 })
  const pids = await sessionsOf(db)
  const pid = pids[afterMs % pids.length]
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  while (!(await isBack(url))) await delay(10)
  await db.close()
}

async function isBack(url: string): Promise<boolean> {
  const db = connectPostgres(url, { connectionCount: 1 })
  try {
    await db.query('select 1')
    return true
  } catch (error) {
    if (error instanceof ConnectionLost) return false
    throw error
  } finally {
    await db.close()
  }
}
