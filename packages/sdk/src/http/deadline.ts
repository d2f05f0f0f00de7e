/** Ends a fetch when the caller's signal aborts or when time is up, and knows which it was. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #caller: AbortSignal | undefined
  readonly #abort = (): void => this.#controller.abort(this.#caller?.reason)
  #timer: ReturnType<typeof setTimeout> | undefined
  #expired = false

  constructor(caller: AbortSignal | undefined) {
    this.#caller = caller
    if (caller?.aborted) this.#abort()
    caller?.addEventListener('abort', this.#abort)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Whether it was time that ended the fetch. */
  get expired(): boolean {
    return this.#expired
  }

  /** Time runs from now on, instead of what was set before. */
  set(timeoutMs: number): void {
    this.clear()
    this.#timer = setTimeout(() => {
      this.#expired = true
      this.#controller.abort()
    }, timeoutMs)
  }

  /** Time stands still. */
  clear(): void {
    clearTimeout(this.#timer)
  }

  /** Lets go of timer and signal; what is still being fetched is no longer wanted. */
  end(): void {
    this.clear()
    this.#caller?.removeEventListener('abort', this.#abort)
    this.#controller.abort()
  }
}
