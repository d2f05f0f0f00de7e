import postgres from 'postgres'
import { ARRAY_TYPES } from './array-types.ts'
import { ConnectionLost, type Row, type SqlValue, type Statement, UniqueViolation } from './database.ts'

export type Answer = readonly Row[] & { readonly command: string }

/** Statements that are sent without waiting are answered in order. */
export interface Sender {
  /** @throws {ConnectionLost} the connection is gone, or went before the answer came */
  send(statement: Statement): Promise<Answer>
}

/** Somebody's own, until it is released. */
export interface ReservedSession extends Sender {
  script(sql: string): Promise<Answer>
  release(): void
}

/** One connection. */
export interface PostgresSession extends Sender {
  /** False for ever, once the connection is gone. */
  readonly isOpen: boolean
  /** Only while nothing is under way. */
  reserve(): Promise<ReservedSession>
  close(): Promise<void>
}

export interface SessionOptions {
  readonly url: string
  readonly connectTimeoutSeconds: number
}

/**
 * Opens one connection by a postgres.js of its own, which is thrown away with it. Its pool must not be relied on when
 * connections are lost: on one that was reserved it goes on writing to a socket that is gone, which ends the process
 * (github.com/porsager/postgres/issues/1208), and connects it again, which puts what follows into whatever runs there
 * by then; what it has queued is never settled; an attempt to reserve that fails keeps a place for ever.
 *
 * @throws {ConnectionLost} no server, or one that takes no connections now
 */
export async function openSession({ url, connectTimeoutSeconds }: SessionOptions): Promise<PostgresSession> {
  const waiting = new Set<(error: ConnectionLost) => void>()
  let isOpen = true
  const lose = (): void => {
    isOpen = false
    for (const reject of waiting) reject(new ConnectionLost('the connection was lost'))
    waiting.clear()
    void sql.end({ timeout: 5 }).catch(() => undefined) // it would connect again for what it has queued
  }
  const prepare = new URL(url).searchParams.get('prepare') !== 'false'
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: connectTimeoutSeconds,
    prepare,
    fetch_types: false,
    types: { bigint: postgres.BigInt, ...ARRAY_TYPES },
    onnotice: () => undefined,
    onclose: lose,
    connection: { application_name: 'pisto' },
  })

  /** Settles in any case: what postgres.js itself has queued is forgotten with the connection. */
  const settled = (sent: () => PromiseLike<unknown>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (!isOpen) return reject(new ConnectionLost('the connection was lost'))
      waiting.add(reject)
      sent().then(
        (answer) => {
          waiting.delete(reject)
          resolve(answer as Answer)
        },
        (error: unknown) => {
          waiting.delete(reject)
          reject(translate(error))
        },
      )
    })
  const send = (on: postgres.Sql | postgres.ReservedSql, { sql: text, parameters }: Statement): Promise<Answer> =>
    settled(() => on.unsafe(text, parameters.map(bindable), { prepare: prepare && parameters.length > 0 }))

  await send(sql, { sql: 'select 1', parameters: [] }) // connects; `reserve` would go on trying after a failure
  return {
    get isOpen() {
      return isOpen
    },
    send: (statement) => send(sql, statement),
    async reserve() {
      if (!isOpen) throw new ConnectionLost('the connection was lost')
      const own = await sql.reserve()
      return {
        send: (statement) => send(own, statement),
        script: (text) => settled(() => own.unsafe(text).simple()),
        release() {
          if (isOpen) own.release() // a lost one would be lent again, with no socket
        },
      }
    },
    close: () => sql.end({ timeout: 5 }),
  }
}

const bindable = (value: SqlValue): string | number | boolean | null | Date | Uint8Array =>
  typeof value === 'bigint' ? value.toString() : value

/** Classes of SQLSTATE that leave the outcome open: connection exceptions, operator intervention. */
const LOST = /^(08...|57P0[123]|CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|ENOENT)$/

function translate(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string }
  if (code === '23505') return new UniqueViolation(constraint ?? '', { cause: error })
  if (code !== undefined && LOST.test(code)) return new ConnectionLost(error.message, { cause: error })
  return error
}
