import { StaleHead } from './cache.ts'
import type { Queryable } from './database/database.ts'
import type { Prepared } from './prepare.ts'
import type { Group } from './waiting.ts'

/**
 * The batch after the one that is being written, decided on the states that this one will leave. What it must read it
 * reads once that is written. If it is not, everything that was prepared is thrown away.
 */
export class NextBatch {
  readonly group: Group
  /** Resolves in any case. */
  readonly ready: Promise<void>
  /** What was sent already, and when it is written. */
  sent: { readonly prepared: Prepared; readonly written: Promise<void> } | undefined
  readonly #before = Promise.withResolvers<void>()
  #prepared: Prepared | undefined
  #isDropped = false

  constructor(group: Group, db: Queryable, prepare: (reader: Queryable) => Promise<Prepared>) {
    this.group = group
    this.#before.promise.catch(() => undefined) // perhaps nobody reads anything
    const reader: Queryable = {
      query: async (sql, parameters) => {
        await this.#before.promise
        return db.query(sql, parameters)
      },
    }
    const keep = (prepared: Prepared): void => {
      this.#prepared = prepared
    }
    this.ready = prepare(reader).then(keep, () => undefined) // prepared anew, it tells why it fails
  }

  /** Undefined: not ready yet, or not to be used. */
  get prepared(): Prepared | undefined {
    return this.#isDropped ? undefined : this.#prepared
  }

  /** The batch before it is written: this one may read, and may be sent. */
  proceed(): void {
    this.#before.resolve()
  }

  /** The batch before it was not written as expected. */
  drop(): void {
    this.#isDropped = true
    this.#before.reject(new StaleHead())
  }
}
