import type { Queryable, Row, SqlValue } from '@pisto/ledger'

/**
 * Answers the same question of many plans of one batch once. The next batch, which has another time, is read anew: what
 * was true for one need not be for the next.
 */
export class SharedReading {
  #reader: Queryable | undefined
  #timeMs = 0
  #answers = new Map<string, Promise<Row[]>>()

  /** Reads through a plan's reader. Only for what has no parameters that differ from row to row. */
  through(reader: Queryable, ledgerTime: Date): Queryable {
    if (this.#reader !== reader || this.#timeMs !== ledgerTime.getTime()) {
      this.#reader = reader
      this.#timeMs = ledgerTime.getTime()
      this.#answers = new Map()
    }
    const answers = this.#answers
    return {
      query<R extends object = Row>(sql: string, parameters: readonly SqlValue[] = []) {
        const question = JSON.stringify([sql, parameters])
        const known = answers.get(question) ?? reader.query(sql, parameters)
        answers.set(question, known as Promise<Row[]>)
        return known as Promise<R[]>
      },
    }
  }
}
