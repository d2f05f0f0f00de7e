import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { READY, UNREACHABLE, type WriterTask } from './writer-task.ts'

const PROGRAM = fileURLToPath(new URL('./writer-process.ts', import.meta.url))

/** A process that writes to the ledger, seen from outside. */
export class Writer {
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  #journal = ''
  #said = ''
  #stage = 'starting'

  /** Starts it. It loads its program and waits for its task. @param cacheFolder Where compiled code is kept. */
  constructor(cacheFolder: string) {
    this.#child = spawn(process.execPath, [PROGRAM], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder },
    })
    this.#exited = once(this.#child, 'exit')
    this.#child.stdin?.on('error', () => undefined) // it has ended: `isRunning` tells
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#said += text.toString()
    })
    this.#child.stdout?.on('data', (text: Buffer) => {
      this.#stage = text.toString().trimEnd().split('\n').at(-1) ?? ''
    })
  }

  begin(task: WriterTask): void {
    this.#journal = task.journal
    this.#child.stdin?.write(`${JSON.stringify(task)}\n`)
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What it tells, once it has begun. */
  get journal(): string {
    return this.#journal
  }

  /** Its books are open and the first request has been answered. */
  get isReady(): boolean {
    return this.#stage === READY
  }

  /** How far it has got. */
  get stage(): string {
    return this.#stage
  }

  /** Why it ended by itself; undefined when it did not, or because the database was not there. */
  get failure(): string | undefined {
    const { exitCode } = this.#child
    return exitCode === null || exitCode === UNREACHABLE ? undefined : this.#said || `it ended with ${exitCode}`
  }

  /** kill -9: nothing is finished, nothing is told. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }
}
