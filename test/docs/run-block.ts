import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Block } from './markdown.ts'

export interface Surroundings {
  readonly cwd: string
  /** Where a program is saved. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

/** Much more than any takes on a machine that has nothing else to do. */
const LIMIT_MS = 60_000

/** Runs a block as its reader would. @returns What it printed. @throws {Error} it failed, with what it said */
export async function runBlock(
  block: Block,
  { cwd, folder, environment }: Surroundings,
  place: string,
): Promise<string> {
  const program = join(folder, `${place.replaceAll(/\W+/g, '-')}.ts`)
  if (block.language === 'ts') await writeFile(program, block.text)
  const [command, arguments_] =
    block.language === 'ts' ? ['node', [program]] : ['bash', ['-euo', 'pipefail', '-c', block.text]]
  const child = spawn(command, arguments_, { cwd, env: { ...environment }, timeout: LIMIT_MS })
  child.stdin.end()
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [out, error, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (exitCode !== 0) throw new Error(`${place} ended with ${exitCode}\n${error}\n${out}`)
  return out
}
