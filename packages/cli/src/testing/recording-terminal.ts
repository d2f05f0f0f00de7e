import picocolors from 'picocolors'
import { run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

/** What a command wrote, and how it ended. */
export interface Recording {
  readonly exitCode: number
  readonly out: string
  readonly error: string
}

export interface Given {
  readonly input?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly isInteractive?: boolean
  readonly now?: Date
}

/** Runs a command in this process, on a terminal that only remembers. */
export async function record(arguments_: readonly string[], given: Given = {}): Promise<Recording> {
  const { terminal, written } = recordingTerminal(given)
  const exitCode = await run(arguments_, terminal)
  return { exitCode, ...written() }
}

/** A pipe by default: no colours, no borders. */
function recordingTerminal(given: Given = {}): {
  readonly terminal: Terminal
  readonly written: () => Pick<Recording, 'out' | 'error'>
} {
  let out = ''
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let error = ''
  const isInteractive = given.isInteractive ?? false
  const terminal: Terminal = {
    environment: given.environment ?? {},
    isInteractive,
    screen: undefined,
    colours: picocolors.createColors(isInteractive),
    input: pieces(given.input ?? ''),
    write: async (text) => {
      out += typeof text === 'string' ? text : decoder.decode(text, { stream: true })
    },
    warn: (line) => {
      error += `${line}\n`
    },
    now: () => given.now ?? new Date(),
    interrupted: () => Promise.resolve(),
  }
  return { terminal, written: () => ({ out, error }) }
}

/** In small pieces, so that lines and characters are cut in the middle. */
async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}
