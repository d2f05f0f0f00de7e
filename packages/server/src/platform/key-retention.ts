import type { Ledger } from '@pisto/ledger'
import type { Log } from './runtime/log.ts'

export interface KeyRetentionDeps {
  readonly ledger: Pick<Ledger, 'forgetDecisions'>
  readonly tenants: { list(): Promise<readonly { readonly id: string }[]> }
  readonly log: Log
}

const SWEEP_MS = 3_600_000

/** Forgets idempotency keys that were used too long ago, once an hour. Several processes may do it at once. */
export class KeyRetention {
  readonly #deps: KeyRetentionDeps
  #timer: NodeJS.Timeout | undefined
  #sweep: Promise<void> | undefined

  constructor(deps: KeyRetentionDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.sweep(), SWEEP_MS)
    this.#timer.unref()
  }

  /** What fails is tried again with the next sweep. */
  sweep(): Promise<void> {
    this.#sweep ??= this.#run().finally(() => {
      this.#sweep = undefined
    })
    return this.#sweep
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweep
  }

  async #run(): Promise<void> {
    const { ledger, tenants, log } = this.#deps
    try {
      for (const { id } of await tenants.list()) await ledger.forgetDecisions(id)
    } catch (error) {
      log.error({ error }, 'old idempotency keys could not be removed')
    }
  }
}
