import { ConnectionLost, type Database, type Row, type SqlValue, type Statement, type Transaction } from './database.ts'
import { type Answer, openSession, type ReservedSession } from './postgres-session.ts'
import { SessionPool } from './session-pool.ts'

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
  const { connectionCount = 10, connectTimeoutSeconds = 10 } = options
  const pool = new SessionPool(connectionCount, () => openSession({ url, connectTimeoutSeconds }))

  return {
    kind: 'postgres',

    async query<R extends object = Row>(text: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
      refuseBareTransaction(text)
      return pool.riding(async (session) => [...(await session.send({ sql: text, parameters }))] as R[])
    },

    flight: (statements) =>
      pool.alone(async (session) => {
        const sent = [BEGIN, ...statements, COMMIT].map((statement) => session.send(statement))
        const [, ...answers] = await allOrFirstError(sent)
        requireCommitted(answers.pop())
        return answers.map((answer) => [...answer])
      }),

    transaction: (work) =>
      pool.alone(async (session) => {
        const begun = session.send(BEGIN)
        begun.catch(() => undefined) // told by the first statement that follows
        try {
          const result = await work(transactionOn(session))
          await allOrFirstError([begun])
          requireCommitted(await session.send(COMMIT))
          return result
        } catch (error) {
          await session.send(ROLLBACK).catch(() => undefined) // the connection may be gone: it is rolled back then
          throw error
        }
      }),

    close: () => pool.close(),
  }
}

const BEGIN: Statement = { sql: 'begin', parameters: [] }
const COMMIT: Statement = { sql: 'commit', parameters: [] }
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] }

/** The commit of a failed transaction is no error: it says ROLLBACK. */
function requireCommitted(commit: Answer | undefined): void {
  if (commit?.command !== 'COMMIT') throw new ConnectionLost(`the transaction ended with ${commit?.command}`)
}

function transactionOn(session: ReservedSession): Transaction {
  return {
    async query<R extends object = Row>(text: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
      return [...(await session.send({ sql: text, parameters }))] as R[]
    },
    async flight(statements) {
      const answers = await allOrFirstError(statements.map((statement) => session.send(statement)))
      return answers.map((answer) => [...answer])
    },
    async script(text) {
      await session.script(text)
    },
  }
}

/** Waits for all, so that nothing is left in flight, then tells the first failure: those after it only follow from it. */
async function allOrFirstError(sent: readonly Promise<Answer>[]): Promise<Answer[]> {
  const settled = await Promise.allSettled(sent)
  const answers: Answer[] = []
  for (const outcome of settled) {
    if (outcome.status === 'rejected') throw outcome.reason
    answers.push(outcome.value)
  }
  return answers
}

/** A session belongs to whoever holds it: transactions go through `transaction` and `flight`. */
export function refuseBareTransaction(text: string): void {
  if (/^\s*(begin|start\s+transaction|commit|rollback)\b/i.test(text)) {
    throw new RangeError('use transaction() or flight(): a bare begin or commit would be on any connection')
  }
}
