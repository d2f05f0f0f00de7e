import { PistoAnswerError, PistoApiError } from '../errors.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000
/** A server that asks for more time than this is left to the caller, who finds `retryAfterMs` in the error. */
const MOST_PATIENCE_MS = 60_000

/**
 * How long to wait before sending again: what the server asks for, and on top full jitter, so that
 * many clients that failed together do not come back together.
 *
 * @param retry 0 before the first retry; the range of the jitter doubles with each, from 500 ms to 8 s.
 * @param askedMs From `Retry-After`.
 * @param fraction Random, from 0 up to 1.
 * @returns Milliseconds, or undefined where the server asks for more than a minute.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "Full Jitter"
 */
export function waitMs(retry: number, askedMs: number | undefined, fraction: number): number | undefined {
  if (askedMs !== undefined && askedMs > MOST_PATIENCE_MS) return undefined
  return (askedMs ?? 0) + jitterWaitMs(retry, fraction)
}

/** The part of {@link waitMs} that is the client's own. */
export function jitterWaitMs(retry: number, fraction: number): number {
  return Math.floor(fraction * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry))
}

/** What the server asked for when it refused. */
export function askedWaitMs(error: unknown): number | undefined {
  return error instanceof PistoApiError || error instanceof PistoAnswerError ? error.retryAfterMs : undefined
}

/**
 * @param header `Retry-After`: seconds or a date; anything else is as good as none.
 * @param nowMs Milliseconds since 1970.
 * @see RFC 9110 section 10.2.3
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const dateMs = Date.parse(header)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}
