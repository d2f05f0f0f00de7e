import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface ReadyLine {
  readonly url: string
  readonly tenants: readonly { readonly country: string; readonly apiKey: string }[]
}

/** The sandbox as a process of its own, which can be killed. */
export interface SandboxProcess extends ReadyLine {
  /** The API key of a country's tenant. */
  key(country: string): string
  /** kill -9: nothing is finished, nothing is told. */
  kill(): Promise<void>
  /** What a person does with Ctrl-C. @returns the exit code */
  stop(): Promise<number | null>
}

const stateHome = mkdtempSync(join(tmpdir(), 'pisto-state-'))
process.once('exit', () => rmSync(stateHome, { recursive: true, force: true }))

const MAIN = 'packages/cli/src/main.ts'

/**
 * Runs `pisto sandbox` until it is ready.
 *
 * @param flags Where the books are: `--data DIR` or `--database-url URL`.
 * @param environment More of it.
 */
export async function spawnSandbox(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--port', '0', '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, XDG_STATE_HOME: stateHome }, // where the signer remembers, beside a PostgreSQL
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ready = await readyLine(child, () => said)
  const exited = once(child, 'exit')
  let isExpected = false
  void exited.then(([code, signal]) => {
    if (!isExpected) throw new Error(`the sandbox ended by itself (${code ?? signal}): ${said}`)
  })
  return {
    ...ready,
    key: (country) => ready.tenants.find((tenant) => tenant.country === country)?.apiKey ?? '',
    async kill() {
      isExpected = true
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      isExpected = true
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

async function readyLine(child: ChildProcess, said: () => string): Promise<ReadyLine> {
  if (child.stdout === null) throw new Error('the sandbox has no standard output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as ReadyLine
  throw new Error(`the sandbox did not start: ${said()}`)
}
