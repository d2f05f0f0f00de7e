import { type PGlite, parse, protocol } from '@electric-sql/pglite'
import { hex, type SqlValue, type Statement } from './database.ts'

/** Prepared statements take memory and some texts are made of filters: beyond so many all are prepared anew. */
const MAX_PREPARED = 500

/**
 * PGlite's own `query` plans a statement each time and crosses into WebAssembly five times for it. Here each text is
 * prepared once, and statements that belong together cross in one message: half the latency of a small batch.
 */
export class PgliteSession {
  readonly #db: PGlite
  /** Name of each prepared text. */
  readonly #names = new Map<string, string>()
  #nameCount = 0

  constructor(db: PGlite) {
    this.#db = db
  }

  /**
   * Runs statements in order, one command each. After a failure the rest is not run.
   * @returns The rows of each.
   * @throws the session's error of the first that fails, with `code` and `constraint`
   */
  async run(statements: readonly Statement[]): Promise<object[][]> {
    if (this.#names.size > MAX_PREPARED) await this.script('deallocate all')
    const parsed: string[] = []
    const sent: Uint8Array[] = []
    for (const { sql, parameters } of statements) {
      let statement = this.#names.get(sql)
      if (statement === undefined) {
        statement = `s${++this.#nameCount}`
        this.#names.set(sql, statement)
        parsed.push(sql)
        sent.push(protocol.serialize.parse({ name: statement, text: sql }))
      }
      const values = parameters.map(textOf)
      sent.push(protocol.serialize.bind({ statement, values }), DESCRIBE, EXECUTE)
    }
    const answer = await this.#db.execProtocol(Buffer.concat([...sent, SYNC]), { throwOnError: false })
    const failure = answer.messages.find((message) => message.name === 'error')
    if (failure === undefined) return parse.parseResults(answer.messages, this.#db.parsers).map(({ rows }) => rows)
    const done = answer.messages.filter(({ name }) => name === 'parseComplete').length
    for (const sql of parsed.slice(done)) this.#names.delete(sql)
    throw failure
  }

  /** Several statements without parameters. What was prepared may mean something else after them. */
  async script(sql: string): Promise<void> {
    this.#names.clear()
    await this.#db.exec(`deallocate all; ${sql}`)
  }
}

const DESCRIBE = protocol.serialize.describe({ type: 'P' })
const EXECUTE = protocol.serialize.execute()
const SYNC = protocol.serialize.sync()

function textOf(value: SqlValue): string | null {
  if (value === null || typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${hex(value)}`
  return String(value)
}
