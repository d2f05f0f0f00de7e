import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '@pisto/contract'
import type { Clock, RandomBytes } from '@pisto/ledger'
import type { RequestHandler, Response } from 'express'
import type { Metrics } from '../metrics/metrics.ts'
import type { Log } from '../runtime/log.ts'
import type { Call } from './call.ts'
import { preferredLanguage } from './language.ts'

/** One request and its answer, as far as they have come. */
export interface Exchange {
  readonly traceId: string
  readonly language: Language
  /** Headers of the answer, whatever it will be. */
  readonly headers: Record<string, string>
  /** Once it is known: the operation's id. */
  operation?: string
  /** Once the caller is known. */
  call?: Call
  /** Once refused: the problem's code. */
  code?: string
}

/** After an answer, this much of a body that nobody reads is let through before the connection is cut. */
const DISCARD_BYTES = 8 * 1024 * 1024

export interface ExchangeDeps {
  readonly log: Log
  readonly random: RandomBytes
  readonly systemClock: Clock
  readonly metrics: Pick<Metrics, 'requestEnded'>
}

/** The first middleware: gives the request its trace id, logs and counts its end. */
export function beginExchange({ log, random, systemClock, metrics }: ExchangeDeps): RequestHandler {
  return (request, response, next) => {
    const begun = systemClock.now().getTime()
    const traceId = Buffer.from(random(16)).toString('hex')
    const exchange: Exchange = {
      traceId,
      language: preferredLanguage(request.headers['accept-language']),
      headers: { 'X-Request-Id': traceId, 'Cache-Control': 'no-store' },
    }
    response.locals['exchange'] = exchange
    response.once('finish', () => discardRest(request))
    response.once('close', () => {
      const { operation, code, call } = exchange
      const { tenantId, clientId, replayed } = call ?? {}
      const about = { traceId, operation, status: response.statusCode, code, tenantId, clientId, replayed }
      const durationMs = systemClock.now().getTime() - begun
      log.info({ ...about, finished: response.writableFinished, durationMs }, 'request')
      metrics.requestEnded({ operation, status: response.statusCode, durationMs })
    })
    next()
  }
}

export const exchangeOf = (response: Response): Exchange => response.locals['exchange'] as Exchange

/** The one place where an answer is written whole. */
export function writeAnswer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  content: string | Uint8Array,
): void {
  const length = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  response.writeHead(status, { ...headers, 'Content-Length': length })
  response.end(content)
}

/** A caller that is still sending reads the answer first: the rest of its body is let through, up to a limit. */
function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  let discarded = 0
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length
    if (discarded > DISCARD_BYTES) request.destroy()
  })
  request.resume()
}
