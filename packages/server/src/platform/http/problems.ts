import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Language, PistoProblem, PROBLEMS, type ProblemCode, toProblemDocument } from '@pisto/contract'
import { ConnectionLost, type RandomBytes } from '@pisto/ledger'
import type { ErrorRequestHandler } from 'express'
import type { Log } from '../runtime/log.ts'
import { type Exchange, exchangeOf, writeAnswer } from './exchange.ts'
import { CallerGone } from './read-body.ts'

/** Seconds after which the same request may succeed, where no limiter says more. */
const RETRY_AFTER: Partial<Record<ProblemCode, string>> = {
  idempotency_in_progress: '1',
  overloaded: '1',
  unavailable: '1',
  clock_behind: '1',
  log_unsigned: '120', // longer than clients wait by themselves: a person must act
  rate_limited: '60',
}

/** How programs and people say who they are. @see RFC 6750 section 3, RFC 9449 section 7.1 */
const CHALLENGE = 'Bearer realm="pisto", DPoP algs="ES256 EdDSA"'

/** The one place where an exception becomes HTTP. @see RFC 9457 section 3 */
export function problemHandler({ log }: { log: Log }): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const exchange = exchangeOf(response)
    const { traceId, language, operation } = exchange
    if (error instanceof CallerGone) {
      response.destroy()
      return
    }
    const problem = toProblem(error)
    exchange.code = problem.code
    if (problem.status >= 500) log.error({ error: problem.cause ?? problem, traceId, operation }, problem.code)
    if (response.headersSent) {
      response.destroy() // a stream that breaks off must not look whole
      return
    }
    const document = toProblemDocument(problem, traceId, language)
    writeAnswer(response, problem.status, headersOf(problem, exchange), JSON.stringify(document))
  }
}

function toProblem(error: unknown): PistoProblem {
  if (error instanceof PistoProblem) return error
  return new PistoProblem(error instanceof ConnectionLost ? 'unavailable' : 'internal', {}, { cause: error })
}

function headersOf(problem: PistoProblem, { headers, language, call }: Exchange): Record<string, string> {
  const { code, facts } = problem
  const retryAfter = RETRY_AFTER[code]
  return {
    ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
    ...(problem.status === 401 && { 'WWW-Authenticate': CHALLENGE }),
    ...(code === 'method_not_allowed' && { Allow: facts['allow'] ?? '' }),
    ...(call?.replayed && { 'Idempotent-Replayed': 'true' }),
  }
}

/**
 * Answers what is not even HTTP: a malformed request line or header, headers too large. What did not arrive in time may be
 * well, and the server too busy to read it: callers send it again.
 */
export function refuseMalformed(
  { log, random }: { log: Log; random: RandomBytes },
  error: NodeJS.ErrnoException,
  socket: Duplex,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const language: Language = 'en'
  const traceId = Buffer.from(random(16)).toString('hex')
  const code = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'request_invalid'
  const { status } = PROBLEMS[code]
  const document = toProblemDocument(new PistoProblem(code), traceId, language)
  const content = JSON.stringify(document)
  log.info({ traceId, code: error.code, status }, 'malformed request')
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(content)}`,
      `X-Request-Id: ${traceId}`,
      'Connection: close',
      '',
      content,
    ].join('\r\n'),
  )
}
