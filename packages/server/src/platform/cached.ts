import type { Clock } from '@pisto/ledger'

/** Something small that is read whole and changes rarely. Callers who come while it is read share the reading. */
export class Cached<T> {
  readonly #systemClock: Clock
  readonly #load: () => Promise<T>
  #value: { readonly of: T; readonly readAtMs: number } | undefined
  #loading: Promise<T> | undefined
  #forgotten = 0

  /** @param systemClock Protocol time. */
  constructor(systemClock: Clock, load: () => Promise<T>) {
    this.#systemClock = systemClock
    this.#load = load
  }

  /** @param maxAgeMs Read again if it is older. */
  async get(maxAgeMs: number): Promise<T> {
    const nowMs = this.#systemClock.now().getTime()
    if (this.#value && nowMs - this.#value.readAtMs <= maxAgeMs) return this.#value.of
    if (this.#loading) return this.#loading
    const loading = this.#read(nowMs).finally(() => {
      if (this.#loading === loading) this.#loading = undefined
    })
    this.#loading = loading
    return loading
  }

  /** It has changed: what was read, or is being read now, counts no more. */
  forget(): void {
    this.#forgotten += 1
    this.#value = undefined
    this.#loading = undefined
  }

  async #read(readAtMs: number): Promise<T> {
    const since = this.#forgotten
    const of = await this.#load()
    if (since === this.#forgotten) this.#value = { of, readAtMs }
    return of
  }
}
