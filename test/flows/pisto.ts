import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The command as people run it: a process of its own. */
const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly out: string
  readonly error: string
}

/** The environment of this test run must not decide where books are. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PISTO_') && name !== 'FORCE_COLOR')
  return Object.fromEntries(own)
}

export const startPisto = (arguments_: readonly string[]): ChildProcess =>
  spawn(process.execPath, [MAIN, ...arguments_], { stdio: ['ignore', 'pipe', 'pipe'], env: environment() })

/** Runs a command to its end. */
export async function pisto(...arguments_: readonly string[]): Promise<Ended> {
  const child = startPisto(arguments_)
  const said = collect(child)
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, ...said }
}

/** A sandbox as a process of its own. */
export interface SandboxProcess extends AsyncDisposable {
  readonly child: ChildProcess
  readonly url: string
  readonly keys: readonly string[]
  /** The whole ready line, parsed. */
  readonly ready: Readonly<Record<string, unknown>>
  /** Everything written so far. */
  readonly said: { readonly out: string; readonly error: string }
  /** @returns Its exit code. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>
}

/** Starts `pisto sandbox --json` on a free port and waits for the ready line. */
export async function sandboxProcess(...flags: readonly string[]): Promise<SandboxProcess> {
  const child = startPisto(['sandbox', '--port', '0', '--json', ...flags])
  const said = collect(child)
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => said.out.includes('\n') && resolve())
    child.once('exit', () => reject(new Error(`the sandbox ended: ${said.error}`)))
  })
  const ready = JSON.parse(said.out) as {
    readonly url: string
    readonly tenants: readonly { readonly apiKey: string }[]
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    await once(child, 'exit')
    return child.exitCode
  }
  return {
    child,
    url: ready.url,
    keys: ready.tenants.map(({ apiKey }) => apiKey),
    ready: { ...ready },
    said,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL')
    },
  }
}

function collect(child: ChildProcess): { out: string; error: string } {
  const said = { out: '', error: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.error += text
  })
  return said
}
