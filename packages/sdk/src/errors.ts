import type { FieldError, ProblemCode, ProblemDocument } from '@pisto/contract'

/** Which call failed, for logs and for sending it again. */
export interface CallFacts {
  /** Id of the operation in the contract, e.g. `createPayment`. */
  readonly operation: string
  /** The `Idempotency-Key` that was sent: give it to the same call to repeat it safely, even after a restart. */
  readonly idempotencyKey: string | undefined
}

/** Classes differ only where the caller's next step differs; read `code` or `reason` for the exact cause. */
export abstract class PistoError extends Error {
  /** May the same call, with the same idempotency key, be sent again? */
  abstract readonly retryable: boolean
}

/** The server answered with a problem document (RFC 9457): read `code`, or show `detail`. */
export class PistoApiError extends PistoError implements CallFacts {
  override readonly name = 'PistoApiError' // a literal: survives minification
  readonly operation: string
  readonly idempotencyKey: string | undefined
  readonly status: number
  readonly code: ProblemCode | (string & {}) // newer servers may know more codes
  readonly title: string
  /** A sentence for people, in the client's `locale`. */
  readonly detail: string
  readonly facts: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
  readonly traceId: string
  /** How long the server asks to wait before the next try. */
  readonly retryAfterMs: number | undefined
  readonly retryable: boolean

  constructor(problem: ProblemDocument, call: CallFacts, retryAfterMs?: number) {
    super(`${call.operation}: ${problem.code} (${problem.status}) ${problem.detail} [trace ${problem.traceId}]`)
    this.operation = call.operation
    this.idempotencyKey = call.idempotencyKey
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.facts = problem.facts
    this.errors = problem.errors
    this.traceId = problem.traceId
    this.retryAfterMs = retryAfterMs
    this.retryable = PASSING.has(problem.status) || problem.code === 'idempotency_in_progress'
  }

  /** Whether it is this code of the catalogue: narrows, and does not compile for a misspelt one. */
  hasCode<Code extends ProblemCode>(code: Code): this is this & { readonly code: Code } {
    return this.code === code
  }
}

/** No answer: offline, DNS, timeout. The effect is unknown; the idempotency key makes retry safe. */
export class PistoConnectionError extends PistoError implements CallFacts {
  override readonly name = 'PistoConnectionError'
  readonly operation: string
  readonly idempotencyKey: string | undefined
  readonly reason: 'network' | 'timeout'
  readonly retryable = true

  constructor(reason: 'network' | 'timeout', call: CallFacts, options?: ErrorOptions) {
    super(`${call.operation}: ${reason === 'timeout' ? 'no answer in time' : 'no connection'}`, options)
    this.operation = call.operation
    this.idempotencyKey = call.idempotencyKey
    this.reason = reason
  }
}

/**
 * Why an answer cannot be Pisto's own and whole.
 * `notPisto`: a proxy's or a captive portal's page, or a wrong `baseUrl`; `redirect`: never followed;
 * `broken`: not the JSON it says it is; `tooLarge`: beyond what any operation answers.
 */
export type AnswerFault = 'notPisto' | 'redirect' | 'broken' | 'tooLarge'

/** Something answered that cannot be understood. The effect is unknown: look at the network between, then retry. */
export class PistoAnswerError extends PistoError implements CallFacts {
  override readonly name = 'PistoAnswerError'
  readonly operation: string
  readonly idempotencyKey: string | undefined
  readonly reason: AnswerFault
  /** 0 for a redirect in a browser, which hides the status. */
  readonly status: number
  /** The beginning of what was answered, for logs. Never show it as HTML. */
  readonly excerpt: string
  readonly retryAfterMs: number | undefined
  readonly retryable: boolean

  constructor(
    reason: AnswerFault,
    call: CallFacts,
    answer: { readonly status: number; readonly excerpt?: string; readonly retryAfterMs?: number | undefined },
    options?: ErrorOptions,
  ) {
    super(`${call.operation}: the answer is not Pisto's (${reason}, status ${answer.status})`, options)
    this.operation = call.operation
    this.idempotencyKey = call.idempotencyKey
    this.reason = reason
    this.status = answer.status
    this.excerpt = answer.excerpt ?? ''
    this.retryAfterMs = answer.retryAfterMs
    this.retryable = reason === 'broken' || (reason === 'notPisto' && PASSING.has(answer.status))
  }
}

/** Statuses of what passes: too slow, too much, or the server behind a proxy is away for a moment. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504])

/** The client is used wrongly; nothing was sent. Mend the program. */
export class PistoUsageError extends PistoError {
  override readonly name = 'PistoUsageError'
  readonly retryable = false
}
