import { Pisto } from '@pisto/sdk'
import { type SandboxProcess, spawnSandbox } from '../../faults/support/sandbox-process.ts'

const LIMITS = { PISTO_REQUESTS_PER_MINUTE: '1000000' }

/** A sandbox in a process of its own, which is killed and comes back on its data, its key and its port. */
export class KillableSandbox implements AsyncDisposable {
  readonly client: Pisto
  readonly #flags: readonly string[]
  #process: SandboxProcess

  private constructor(process: SandboxProcess, flags: readonly string[]) {
    this.#process = process
    this.#flags = [...flags, '--port', new URL(process.url).port]
    this.client = new Pisto({ baseUrl: process.url, apiKey: process.key('GT') })
  }

  static async start(databaseUrl: string): Promise<KillableSandbox> {
    const flags = ['--database-url', databaseUrl]
    return new KillableSandbox(await spawnSandbox(flags, LIMITS), flags)
  }

  async kill(): Promise<void> {
    await this.#process.kill()
    this.#process = await spawnSandbox(this.#flags, LIMITS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop()
  }
}
