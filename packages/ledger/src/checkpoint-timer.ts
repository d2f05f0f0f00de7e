/** A checkpoint is signed this long after a commit at the latest. */
const CHECKPOINT_MS = 1_000
/** What could not be signed is tried again: the database may be back, or an operator may have acted. */
const RETRY_MS = 10_000

/** Signs once for all commits of a second, and one at a time. */
export class CheckpointTimer {
  readonly #publish: (tenantId: string) => Promise<unknown>
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()
  #isStopped = false

  /** @param publish Tells by itself what fails. */
  constructor(publish: (tenantId: string) => Promise<unknown>) {
    this.#publish = publish
  }

  schedule(tenantId: string, afterMs = CHECKPOINT_MS): void {
    if (this.#waiting.has(tenantId) || this.#isStopped) return
    const timer = setTimeout(() => this.#run(tenantId), afterMs)
    timer.unref()
    this.#waiting.set(tenantId, timer)
  }

  /** Signs at once what waits. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const [tenantId, timer] of this.#waiting) {
      clearTimeout(timer)
      this.#run(tenantId)
    }
    await Promise.all(this.#running)
  }

  #run(tenantId: string): void {
    this.#waiting.delete(tenantId)
    const run = this.#publish(tenantId).then(
      () => undefined,
      () => this.schedule(tenantId, RETRY_MS),
    )
    this.#running.add(run)
    void run.then(() => this.#running.delete(run))
  }
}
