import { destination, type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

/** One JSON object a line, to standard error. Ids and codes only: no names, no phones, no account numbers. */
export function createLog(level: 'info' | 'silent'): Log {
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime, errorKey: 'error' }
  return pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, destination(2))
}
