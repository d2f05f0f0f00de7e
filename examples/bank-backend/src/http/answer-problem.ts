import { PistoApiError, PistoError } from '@pisto/sdk'
import type { ErrorRequestHandler, Response } from 'express'
import { CoreOutcomeUnknown } from '../core-banking/core-banking.ts'
import { bankCodeOf } from '../pisto/bank-code.ts'
import type { Log } from '../platform/log.ts'
import { type BankCode, BankProblem, type FieldFault } from './bank-problem.ts'

/** What the app gets when it does not get what it asked for. @see RFC 9457 section 3 */
interface ProblemAnswer {
  readonly title: string
  readonly status: number
  readonly code: BankCode
  readonly facts: Readonly<Record<string, string>>
  readonly fields: readonly FieldFault[]
}

/** The one place where an exception becomes HTTP: the bank's words, nothing of what is behind. */
export function problemHandler({ log }: { readonly log: Log }): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const problem = toBankProblem(error)
    if (problem.status >= 500) {
      const route = `${request.method} ${request.route?.path ?? ''}`
      log.error({ error: problem.cause ?? problem, route }, problem.code)
    }
    answerProblem(response, problem)
  }
}

function answerProblem(response: Response, { code, status, message, facts, fields }: BankProblem): void {
  const answer: ProblemAnswer = { title: message, status, code, facts, fields }
  response.set('Content-Language', 'es')
  if (status === 503 || status === 429) response.set('Retry-After', status === 503 ? '2' : '60')
  response.status(status).type('application/problem+json').send(JSON.stringify(answer))
}

function toBankProblem(error: unknown): BankProblem {
  if (error instanceof BankProblem) return error
  if (error instanceof PistoApiError) return fromPisto(error)
  if (error instanceof PistoError || error instanceof CoreOutcomeUnknown)
    return new BankProblem('unavailable', {}, { cause: error })
  return new BankProblem(OF_STATUS.get(statusOf(error)) ?? 'internal', {}, { cause: error })
}

function fromPisto(error: PistoApiError): BankProblem {
  const code = bankCodeOf(error) ?? (error.retryable ? 'unavailable' : 'internal')
  const { triesLeft } = error.facts
  const fields = error.errors.map(({ pointer, messageEs }) => ({ pointer, message: messageEs }))
  const isOurs = code === 'internal' // what is wrong with our request is nobody else's business
  return new BankProblem(code, triesLeft === undefined ? {} : { triesLeft }, {
    cause: error,
    fields: isOurs ? [] : fields,
  })
}

/** What Express refuses before a route sees it. */
const OF_STATUS: ReadonlyMap<unknown, BankCode> = new Map([
  [400, 'request_invalid'],
  [413, 'body_too_large'],
  [415, 'media_type_unsupported'],
])

const statusOf = (error: unknown): unknown =>
  error instanceof Error && 'expose' in error && 'status' in error ? error.status : undefined
