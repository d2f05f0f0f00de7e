import process from 'node:process'
import picocolors from 'picocolors'

type Colours = ReturnType<typeof picocolors.createColors>

/**
 * Everything outside the program that a command may touch: the one home of standard input and output, the
 * environment and the clock. Tests pass their own.
 */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard output is a person's screen: colours, tables with borders, progress bars. */
  readonly isInteractive: boolean
  /** Where progress is shown: standard error, when it is a person's screen. */
  readonly screen: NodeJS.WriteStream | undefined
  readonly colours: Colours
  /** Standard input, piece by piece. */
  readonly input: AsyncIterable<Uint8Array>
  /** Writes to standard output, as it is; resolves when there is room for more. */
  write(text: string | Uint8Array): Promise<void>
  /** Writes a line to standard error. */
  warn(line: string): void
  now(): Date
  /** Resolves when the person wants it to end (Ctrl-C, SIGTERM); the second time, the process ends at once. */
  interrupted(): Promise<void>
}

/** Writes lines to standard output. */
export const print = (terminal: Terminal, ...lines: readonly string[]): Promise<void> =>
  terminal.write(lines.map((line) => `${line}\n`).join(''))

/** Writes one line of JSON to standard output. */
export const printJson = (terminal: Terminal, value: unknown): Promise<void> => print(terminal, JSON.stringify(value))

/** The terminal, or pipe, that this process was started in. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  const isInteractive = stdout.isTTY === true
  // `pisto … | head` closes the pipe early: nobody reads on, so there is nothing left to do.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  return {
    environment: env,
    isInteractive,
    screen: stderr.isTTY === true ? stderr : undefined,
    colours: picocolors.createColors(wantsColours(env, isInteractive)),
    input: stdin,
    write: (text) =>
      new Promise((resolve) => {
        if (stdout.write(text)) resolve()
        else stdout.once('drain', resolve)
      }),
    warn: (line) => void stderr.write(`${line}\n`),
    now: () => new Date(),
    interrupted,
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (++count > 1) process.exit(0) // the books survive it
        resolve()
      })
    }
  })
}

/** @see https://no-color.org */
function wantsColours(environment: Terminal['environment'], isInteractive: boolean): boolean {
  if (environment['NO_COLOR']) return false
  if (environment['FORCE_COLOR'] && environment['FORCE_COLOR'] !== '0') return true
  return isInteractive && environment['TERM'] !== 'dumb'
}
