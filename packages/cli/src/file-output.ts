import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Download } from '@pisto/sdk'
import { failed, misused } from './failure.ts'
import { print, printJson, type Terminal } from './terminal.ts'

export interface FileOutput {
  readonly out?: string
  readonly json?: true
}

/**
 * Refuses before anything is asked for: a person's screen shows text, never bytes, and standard output is for one thing.
 *
 * @throws {CommandFailure}
 */
export function requirePlace(terminal: Terminal, format: string, { out, json }: FileOutput): void {
  if (out !== undefined) return
  if (json) throw misused('--json and a file on standard output exclude each other', 'Give --out FILE.')
  if (terminal.isInteractive && format === 'pdf') throw misused('A PDF cannot be shown here', '--out statement.pdf')
}

/**
 * Where a file goes that the server writes: into `--out`, or to standard output. With `--json` it is told what was
 * written.
 *
 * @throws {CommandFailure} it cannot be written
 */
export async function putOut(terminal: Terminal, file: Download, { out, json }: FileOutput): Promise<void> {
  if (out === undefined) {
    for await (const piece of file) await terminal.write(piece)
    return
  }
  let bytes = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of file) {
      bytes += piece.length
      yield piece
    }
  }
  await writeWhole(counted(), out)
  if (json) await printJson(terminal, { file: out, mediaType: file.mediaType, bytes })
  else await print(terminal, `${out}: ${bytes} bytes`)
}

/** Whole or not at all: under another name until it is complete. @throws {CommandFailure} it cannot be written */
export async function writeWhole(pieces: AsyncIterable<string | Uint8Array>, out: string): Promise<void> {
  const unfinished = `${out}.unfinished`
  try {
    await pipeline(Readable.from(pieces), createWriteStream(unfinished))
    await rename(unfinished, out)
  } catch (error) {
    await rm(unfinished, { force: true })
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw failed(`${out} cannot be written: ${(error as Error).message}`, undefined, error)
  }
}
