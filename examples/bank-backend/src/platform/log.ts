import { destination, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

/** One JSON object a line, to standard error. Ids and codes only: no names, no phones, no account numbers. */
export function createLog(level: 'info' | 'silent'): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: stdSerializers.err },
  }
  return pino(options, destination(2))
}
