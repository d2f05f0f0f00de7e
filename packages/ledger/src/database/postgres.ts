import postgres from 'postgres'
import {
  ConnectionLost,
  type Database,
  type Row,
  type SqlValue,
  type Statement,
  type Transaction,
  UniqueViolation,
} from './database.ts'

export interface PostgresOptions {
  /** Connections at the most. Default 10. */
  readonly connectionCount?: number
  /** Seconds until an attempt to connect is given up. Default 10. */
  readonly connectTimeoutSeconds?: number
}

/**
 * Connects to PostgreSQL 15 or later. Statements are prepared; behind PgBouncer in transaction mode add
 * `?prepare=false` to the URL.
 *
 * @param url `postgresql://user:password@host:port/database`
 */
export function connectPostgres(url: string, options: PostgresOptions = {}): Database {
  const prepare = new URL(url).searchParams.get('prepare') !== 'false'
  const sql = postgres(url, {
    max: options.connectionCount ?? 10,
    connect_timeout: options.connectTimeoutSeconds ?? 10,
    prepare,
    types: { bigint: postgres.BigInt },
    onnotice: () => undefined,
    connection: { application_name: 'pisto' },
  })

  const send = (on: postgres.Sql | postgres.ReservedSql, { sql: text, parameters }: Statement): Promise<Answer> =>
    on.unsafe(text, parameters.map(bindable), {
      prepare: prepare && parameters.length > 0,
    }) as unknown as Promise<Answer>

  return {
    kind: 'postgres',

    async query<R extends object = Row>(text: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
      refuseBareTransaction(text)
      try {
        return [...(await send(sql, { sql: text, parameters }))] as R[]
      } catch (error) {
        throw translate(error)
      }
    },

    async flight(statements) {
      const connection = await reserve(sql)
      try {
        const sent = [BEGIN, ...statements, COMMIT].map((statement) => send(connection, statement))
        const [, ...answers] = await allOrFirstError(sent)
        const commit = answers.pop()
        if (commit?.command !== 'COMMIT') throw new ConnectionLost(`the transaction ended with ${commit?.command}`)
        return answers.map((answer) => [...answer])
      } finally {
        connection.release()
      }
    },

    async transaction(work) {
      const connection = await reserve(sql)
      try {
        const begun = send(connection, BEGIN)
        begun.catch(() => undefined) // told by the first statement that follows
        try {
          const result = await work(transactionOn(connection, send))
          await allOrFirstError([begun])
          const [commit] = await allOrFirstError([send(connection, COMMIT)])
          if (commit?.command !== 'COMMIT') throw new ConnectionLost(`the transaction ended with ${commit?.command}`)
          return result
        } catch (error) {
          await send(connection, ROLLBACK).catch(() => undefined) // the connection may be gone: it is rolled back then
          throw error
        }
      } finally {
        connection.release()
      }
    },

    close: () => sql.end({ timeout: 5 }),
  }
}

const BEGIN: Statement = { sql: 'begin', parameters: [] }
const COMMIT: Statement = { sql: 'commit', parameters: [] }
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] }

type Answer = readonly Row[] & { readonly command: string }
type Send = (on: postgres.ReservedSql, statement: Statement) => Promise<Answer>

async function reserve(sql: postgres.Sql): Promise<postgres.ReservedSql> {
  try {
    return await sql.reserve()
  } catch (error) {
    throw translate(error)
  }
}

function transactionOn(connection: postgres.ReservedSql, send: Send): Transaction {
  return {
    async query<R extends object = Row>(text: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
      const [rows = []] = await allOrFirstError([send(connection, { sql: text, parameters })])
      return [...rows] as R[]
    },
    async flight(statements) {
      const answers = await allOrFirstError(statements.map((statement) => send(connection, statement)))
      return answers.map((answer) => [...answer])
    },
    async script(text) {
      await allOrFirstError([connection.unsafe(text).simple() as unknown as Promise<Answer>])
    },
  }
}

/** Waits for all, so that nothing is left in flight, then tells the first failure: those after it only follow from it. */
async function allOrFirstError(sent: readonly Promise<Answer>[]): Promise<Answer[]> {
  const settled = await Promise.allSettled(sent)
  const answers: Answer[] = []
  for (const outcome of settled) {
    if (outcome.status === 'rejected') throw translate(outcome.reason)
    answers.push(outcome.value)
  }
  return answers
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

/** A session belongs to whoever holds it: transactions go through `transaction` and `flight`. */
export function refuseBareTransaction(text: string): void {
  if (/^\s*(begin|start\s+transaction|commit|rollback)\b/i.test(text)) {
    throw new RangeError('use transaction() or flight(): a bare begin or commit would be on any connection')
  }
}
