import type { Operation } from '@pisto/contract'
import express from 'express'
import { pino } from 'pino'
import { type Authenticate, NOBODY } from '../platform/http/authentication.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { beginExchange } from '../platform/http/exchange.ts'
import { hostRules } from '../platform/http/host-rules.ts'
import { type Listening, listen } from '../platform/http/listen.ts'
import { operationRouter } from '../platform/http/operation-router.ts'
import { problemHandler } from '../platform/http/problems.ts'
import { RateLimits } from '../platform/http/rate-limits.ts'
import { createMetrics } from '../platform/metrics/metrics.ts'
import { systemClock } from '../platform/runtime/clock.ts'
import { createLog, type Log } from '../platform/runtime/log.ts'
import { systemRandom } from '../platform/runtime/random.ts'

export interface TestServerOptions {
  readonly endpoints: readonly Endpoint[]
  readonly authenticate?: Authenticate
  readonly requestsPerMinute?: number
  readonly failuresPerMinute?: number
  readonly allowedHosts?: readonly string[]
  readonly checkAnswers?: boolean
  /** Gets the log's lines. */
  readonly logged?: (line: string) => void
}

/** A real listening server around some operations, without a database. */
export async function startTestServer(options: TestServerOptions): Promise<Listening> {
  const { endpoints, requestsPerMinute = 1e6, failuresPerMinute = 1e6, allowedHosts = [], logged } = options
  const log: Log = logged ? createLog('info', { write: logged }) : pino({ level: 'silent' })
  const app = express()
  app.disable('etag').disable('x-powered-by').set('query parser', false)
  app.use(beginExchange({ log, random: systemRandom, systemClock, metrics: createMetrics() }))
  app.use(hostRules(allowedHosts))
  app.use(
    operationRouter({
      endpoints,
      authenticate: options.authenticate ?? (async () => ({ ...NOBODY, clientId: 'cli', scopes: 'all' })),
      rateLimits: new RateLimits({ requestsPerMinute, failuresPerMinute }),
      secret: new Uint8Array(32),
      livemode: false,
      stopping: new AbortController().signal,
      checkAnswers: options.checkAnswers ?? true,
    }),
  )
  app.use(problemHandler({ log }))
  return listen(app, { port: 0, host: '127.0.0.1', log, random: systemRandom })
}

/** An operation and its handler, as short as a test wants them. */
export const endpoint = (
  operation: Pick<Operation, 'method' | 'path' | 'response'> & Partial<Operation>,
  handle: Endpoint['handle'],
): Endpoint => ({
  operation: { id: 'testOperation', summary: '', scope: 'payments:read', problems: [], ...operation },
  handle,
})
