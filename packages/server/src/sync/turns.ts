/**
 * Lets one page of a device's journal after the other be applied. Pages that come doubled would else meet inside one
 * batch of the ledger, where what is rolled back for the one may refuse the other.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does some work after all that was asked for under this name before has ended. */
  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const own = (before ?? Promise.resolve()).then(work, work)
    this.#last.set(name, own)
    try {
      return await own
    } finally {
      if (this.#last.get(name) === own) this.#last.delete(name)
    }
  }
}
