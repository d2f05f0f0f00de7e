import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { failed } from '../failure.ts'

/** This program, wherever it runs from. */
const MAIN = fileURLToPath(new URL(`../main${import.meta.filename.slice(-3)}`, import.meta.url))

/**
 * Starts `pisto sandbox` as a process of its own, waits for its ready line, and ends it.
 *
 * @param data A folder, or `memory`.
 * @returns Seconds from the start of the process to its ready line.
 * @throws {CommandFailure} it ended before it was ready
 */
export async function timeStartup(data: string): Promise<number> {
  const begin = performance.now()
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--port', '0', '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await firstLine(child)
  const seconds = (performance.now() - begin) / 1000
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
  return seconds
}

function firstLine(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes(0x0a)) resolve()
    })
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString()
    })
    child.once('exit', () => reject(failed(`The sandbox ended before it was ready: ${said.trim()}`)))
  })
}
