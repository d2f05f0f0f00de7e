import { readFile } from 'node:fs/promises'
import { failed } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Nothing that is read whole is larger. */
const MAX_BYTES = 64 * 1024 * 1024

/** The bytes of a file, or of standard input for `-`. */
export async function readBytes(terminal: Terminal, source: string): Promise<Uint8Array> {
  if (source !== '-') {
    return readFile(source).catch((cause: unknown) => {
      throw failed(`${source} cannot be read`, undefined, cause)
    })
  }
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of terminal.input) {
    length += piece.length
    if (length > MAX_BYTES) throw failed('standard input is too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** The text of a file or of standard input, without the line end that editors and `echo` add. */
export async function readText(terminal: Terminal, source: string): Promise<string> {
  const text = new TextDecoder().decode(await readBytes(terminal, source))
  return text.replace(/\r?\n$/, '')
}
