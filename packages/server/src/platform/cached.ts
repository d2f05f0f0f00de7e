import type { Clock } from '@pisto/ledger'

/** Something small that is read whole and changes rarely. Callers who come while it is read share the reading. */
export class Cached<T> {
  readonly #systemClock: Clock
  readonly #load: () => Promise<T>
  #value: { readonly of: T; readonly readAtMs: number } | undefined
  #loading: Promise<T> | undefined

  /** @param systemClock Protocol time. */
  constructor(systemClock: Clock, load: () => Promise<T>) {
    this.#systemClock = systemClock
    this.#load = load
  }

  /** @param maxAgeMs Read again if it is older. */
  async get(maxAgeMs: number): Promise<T> {
    const nowMs = this.#systemClock.now().getTime()
    if (this.#value && nowMs - this.#value.readAtMs <= maxAgeMs) return this.#value.of
    this.#loading ??= this.#read(nowMs).finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #read(readAtMs: number): Promise<T> {
    const of = await this.#load()
    this.#value = { of, readAtMs }
    return of
  }
}
