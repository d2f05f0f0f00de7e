/** What the process ends with: 0 done, 1 it failed, 2 the command was used wrongly. */
export type ExitCode = 0 | 1 | 2

/** A command that cannot do what it was asked. The message is for the person at the terminal. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: ExitCode
  /** What to try next, a sentence. */
  readonly hint: string | undefined

  constructor(message: string, options: ErrorOptions & { readonly exitCode: ExitCode; readonly hint?: string }) {
    super(message, options)
    this.exitCode = options.exitCode
    this.hint = options.hint
  }
}

/** It was understood, and did not work. */
export const failed = (message: string, hint?: string, cause?: unknown): CommandFailure =>
  new CommandFailure(message, { exitCode: 1, cause, ...(hint !== undefined && { hint }) })

/** It was not understood. */
export const misused = (message: string, hint?: string, cause?: unknown): CommandFailure =>
  new CommandFailure(message, { exitCode: 2, cause, ...(hint !== undefined && { hint }) })

/** Said already, in the command's own output: only the exit code is left. */
export class Unsuccessful extends Error {
  override readonly name = 'Unsuccessful'
}
