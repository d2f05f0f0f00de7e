/** Lets one waiter sleep until it is rung, or time is up, or all is over. A ring while nobody waits is not lost. */
export class WakeUp {
  readonly #signal: AbortSignal
  #isRung = false
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.ring(), { once: true })
  }

  ring(): void {
    this.#isRung = true
    this.#wake?.()
  }

  async wait(ms: number): Promise<void> {
    if (!this.#isRung && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = undefined
    this.#isRung = false
  }
}
