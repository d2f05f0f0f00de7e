import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/**
 * Structured logs: one JSON object a line, to standard error. Nothing personal: no bodies, no query values, no texts
 * of database errors (they quote what was stored).
 *
 * @param to Where else to write, for tests.
 */
export function createLog(level: LogLevel, to: DestinationStream = destination(2)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    to,
  )
}

interface DescribedError {
  readonly name: string
  readonly code?: string
  readonly message?: string
  readonly frames?: readonly string[]
  readonly cause?: DescribedError
}

/** What helps to mend it, without what the caller or the database holds. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  const isOfDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  return {
    name,
    ...(typeof code === 'string' && { code }),
    ...(!isOfDatabase && { message: withoutValues(message) }),
    frames: (stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}

/** Quoted texts and long numbers are somebody's. */
const withoutValues = (message: string): string =>
  message.replaceAll(/"[^"]*"|'[^']*'|«[^»]*»/g, '"…"').replaceAll(/\+?\d[\d\s-]{4,}\d/g, '…')
