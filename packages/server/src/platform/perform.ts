import { type FieldError, PistoProblem, PROBLEMS, type ProblemCode } from '@pisto/contract'
import {
  ClockBehind,
  KeyReused,
  type Ledger,
  LedgerOverloaded,
  type Plan,
  type PlanContext,
  type Refusal,
  Refused,
} from '@pisto/ledger'
import type { Call } from './http/call.ts'

/** How long a call with a key is waited for: then its caller is told to come again with the same key. */
const WAIT_MS = 10_000

/**
 * Has the ledger decide a call once. Every effect goes this way: under its key a success and a refusal (409, 422)
 * are stored with the effect and given again to repetitions; other problems (404, 400) are not stored.
 *
 * A dry run is decided alike and changes nothing.
 *
 * @param waitMs How long a call with a key is waited for. What it does goes on, and is there for its repetition.
 * @throws {PistoProblem} what the plan refused with, now or when the key was first used; `idempotency_in_progress`
 */
export async function perform<Answer>(
  ledger: Ledger,
  call: Call,
  plan: (context: PlanContext) => Plan<Answer | RefusedWithEffect> | Promise<Plan<Answer | RefusedWithEffect>>,
  waitMs: number = WAIT_MS,
): Promise<Answer> {
  const { tenantId, clientId, operation, idempotencyKey: key, bodyHash } = call
  const refusable = async (context: PlanContext): Promise<Plan<Answer | RefusedWithEffect>> => {
    try {
      return await plan(context)
    } catch (error) {
      throw error instanceof PistoProblem ? storable(error) : error
    }
  }
  const decision = (
    call.dryRun
      ? ledger.dryRun(tenantId, refusable)
      : ledger.decide({ tenantId, clientId, operation, key, bodyHash }, refusable)
  ).catch((error: unknown) => {
    throw toProblem(error)
  })
  const decided = await (key === undefined ? decision : within(waitMs, decision))
  call.replayed = decided.replayed
  if (!decided.ok) throw revive(decided.refusal)
  if (isRefusedWithEffect(decided.answer)) throw revive(decided.answer.refusedWithEffect)
  return decided.answer as Answer
}

/**
 * A problem as the answer of a plan that has an effect all the same: a wrong code counts a try and is then refused.
 * `perform` throws it; its repetition under the same key is refused alike and counts nothing.
 */
export interface RefusedWithEffect {
  readonly refusedWithEffect: Refusal
}

/** @example return { purpose: 'phone.tried', companions: [countTry.row(id)], answer: refuseWithEffect(problem) } */
export function refuseWithEffect({ code, facts, errors }: PistoProblem): RefusedWithEffect {
  return { refusedWithEffect: { code, facts, details: errors } }
}

async function within<T>(waitMs: number, decision: Promise<T>): Promise<T> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new PistoProblem('idempotency_in_progress')), waitMs)
  try {
    return await Promise.race([decision, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

function isRefusedWithEffect(answer: unknown): answer is RefusedWithEffect {
  return typeof answer === 'object' && answer !== null && 'refusedWithEffect' in answer
}

function storable(problem: PistoProblem): Error {
  const { status } = PROBLEMS[problem.code]
  return status === 409 || status === 422 ? new Refused(problem.code, problem.facts, problem.errors) : problem
}

function revive({ code, facts, details }: Refusal): PistoProblem {
  if (!(code in PROBLEMS)) return new PistoProblem('internal', {}, { cause: new Error(`unknown refusal ${code}`) })
  return new PistoProblem(code as ProblemCode, facts, { errors: (details ?? []) as readonly FieldError[] })
}

/** What the ledger throws, as the problem it is to the caller. */
export function toProblem(error: unknown): unknown {
  if (error instanceof KeyReused) return new PistoProblem('idempotency_key_reused')
  if (error instanceof LedgerOverloaded) return new PistoProblem('overloaded')
  if (error instanceof ClockBehind) return new PistoProblem('clock_behind')
  return error
}
