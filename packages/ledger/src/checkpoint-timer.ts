/** A checkpoint is signed this long after a commit at the latest. */
const CHECKPOINT_MS = 1_000

/** Signs once for all commits of a second, and one at a time. */
export class CheckpointTimer {
  readonly #publish: (tenantId: string) => Promise<void>
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()

  constructor(publish: (tenantId: string) => Promise<void>) {
    this.#publish = publish
  }

  schedule(tenantId: string): void {
    if (this.#waiting.has(tenantId)) return
    const timer = setTimeout(() => this.#run(tenantId), CHECKPOINT_MS)
    timer.unref()
    this.#waiting.set(tenantId, timer)
  }

  async stop(): Promise<void> {
    for (const [tenantId, timer] of this.#waiting) {
      clearTimeout(timer)
      this.#run(tenantId)
    }
    await Promise.all(this.#running)
  }

  #run(tenantId: string): void {
    this.#waiting.delete(tenantId)
    // what fails is told by the signer, and tried again with the next commit or when somebody asks
    const run = this.#publish(tenantId).catch(() => undefined)
    this.#running.add(run)
    void run.then(() => this.#running.delete(run))
  }
}
