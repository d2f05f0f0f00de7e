import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  ConnectionLost,
  type Database,
  type Row,
  type SqlValue,
  type Statement,
  type Transaction,
  UniqueViolation,
} from './database.ts'
import { lockFolder } from './folder-lock.ts'
import type { PgliteReply, PgliteTask, PgliteWorkerData } from './pglite-worker.ts'
import { refuseBareTransaction } from './postgres.ts'

export interface PgliteOptions {
  /** Where the database lives; made if missing, one process at a time. Undefined: in memory. */
  readonly dataDir?: string | undefined
  /** A file that `dumpTo` wrote: a database that is new begins as it. Not for one that exists. */
  readonly template?: string | undefined
}

/** An embedded database, and how to write it to a file. */
export interface Pglite {
  readonly db: Database
  dumpTo(file: string): Promise<void>
}

/**
 * Opens the embedded PostgreSQL in a thread of its own. It is one session: transactions take turns with everything
 * else. It survives kill -9 but not the loss of power (no fsync).
 *
 * @throws {FolderInUse} another process has the folder open
 */
export async function connectPglite(options: PgliteOptions = {}): Promise<Database> {
  return (await startPglite(options)).db
}

/** @throws {FolderInUse} another process has the folder open */
export async function startPglite({ dataDir, template }: PgliteOptions): Promise<Pglite> {
  if (dataDir === undefined) {
    return pgliteOn(await PgliteThread.start({ dataDir, template }), () => undefined)
  }
  await mkdir(dataDir, { recursive: true })
  const unlock = await lockFolder(dataDir)
  try {
    return pgliteOn(await PgliteThread.start({ dataDir: join(dataDir, 'database'), template }), unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

const pgliteOn = (thread: PgliteThread, unlock: () => void): Pglite => ({
  db: database(thread, unlock),
  dumpTo: (file) => thread.dumpTo(file),
})

function database(thread: PgliteThread, unlock: () => void): Database {
  const turns = new Turns()

  const onSession: Transaction = {
    async query<R extends object = Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
      const [rows = []] = await thread.run([{ sql, parameters }])
      return rows as R[]
    },
    flight: (statements) => thread.run(statements),
    script: (sql) => thread.script(sql),
  }

  /** PGlite commits a failed transaction as a silent rollback: the failure is kept, and told at the end. */
  const inTransaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    turns.take(async () => {
      let failure: { readonly error: unknown } | undefined
      const noting = async <R>(sent: Promise<R>): Promise<R> => {
        try {
          return await sent
        } catch (error) {
          failure ??= { error }
          throw error
        }
      }
      try {
        await thread.run([BEGIN])
        const result = await work({
          query: (sql, parameters) => noting(onSession.query(sql, parameters)),
          flight: (statements) => noting(onSession.flight(statements)),
          script: (sql) => noting(onSession.script(sql)),
        })
        if (failure) throw failure.error
        await thread.run([COMMIT])
        return result
      } catch (error) {
        await thread.run([ROLLBACK]).catch(() => undefined) // the thread may be gone: so is the transaction
        throw error
      }
    })

  return {
    kind: 'pglite',
    query(sql, parameters) {
      refuseBareTransaction(sql)
      return turns.take(() => onSession.query(sql, parameters))
    },
    transaction: inTransaction,
    flight: (statements) =>
      turns.take(async () => {
        try {
          const [, ...rows] = await thread.run([BEGIN, ...statements, COMMIT])
          rows.pop()
          return rows
        } catch (error) {
          await thread.run([ROLLBACK]).catch(() => undefined)
          throw error
        }
      }),
    close: () =>
      turns.take(async () => {
        await thread.close()
        unlock()
      }),
  }
}

const BEGIN: Statement = { sql: 'begin', parameters: [] }
const COMMIT: Statement = { sql: 'commit', parameters: [] }
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] }

/** One session: whoever holds the turn has it alone. */
class Turns {
  #last: Promise<unknown> = Promise.resolve()

  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}

interface Waiting {
  readonly resolve: (rows: Row[][]) => void
  readonly reject: (error: Error) => void
}

class PgliteThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #ended: Error | undefined

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply: PgliteReply) => this.#settle(reply))
    worker.on('error', (error) => this.#end(new ConnectionLost(String(error), { cause: error })))
    worker.on('exit', () => this.#end(new ConnectionLost('the database thread has ended')))
  }

  static async start(workerData: PgliteWorkerData): Promise<PgliteThread> {
    const file = import.meta.url.endsWith('.ts') ? './pglite-worker.ts' : './pglite-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData })
    const thread = new PgliteThread(worker)
    await new Promise<void>((resolve, reject) => {
      thread.#waiting.set(0, { resolve: () => resolve(), reject })
    })
    return thread
  }

  run(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#ask((id) => ({ id, statements: statements.map(cloneable) }))
  }

  async script(sql: string): Promise<void> {
    await this.#ask((id) => ({ id, script: sql }))
  }

  async dumpTo(file: string): Promise<void> {
    await this.#ask((id) => ({ id, dumpTo: file }))
  }

  async close(): Promise<void> {
    if (this.#ended) return
    await this.#ask((id) => ({ id, close: true }))
    this.#ended = new ConnectionLost('the database is closed')
    await this.#worker.terminate()
  }

  #ask(task: (id: number) => PgliteTask): Promise<Row[][]> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage(task(id))
    })
  }

  #settle({ id, rows, error }: PgliteReply): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve((rows ?? []) as Row[][])
    else waiting?.reject(translate(error))
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#ended)
    this.#waiting.clear()
  }
}

/** A Buffer would arrive as a view on its whole pool. */
const cloneable = ({ sql, parameters }: Statement): Statement => ({
  sql,
  parameters: parameters.map((value) => (value instanceof Uint8Array ? new Uint8Array(value) : value)),
})

/** The session's own error, with PostgreSQL's SQLSTATE as `code`. */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  readonly code: string | undefined
  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
  }
}

function translate({ message, code, constraint }: NonNullable<PgliteReply['error']>): Error {
  return code === '23505' ? new UniqueViolation(constraint ?? '') : new SqlError(message, code)
}
