import type { Decision } from './decisions.ts'
import { type Decided, KeyReused, type LedgerRequest, type Plan, type PlanContext } from './model.ts'

export type PlanFunction = (context: PlanContext) => Plan<unknown> | Promise<Plan<unknown>>

/** A caller that waits. */
export interface Waiting {
  readonly request: LedgerRequest
  readonly decisionId: string
  readonly transactionId: string
  readonly plan: PlanFunction
  /** Times that a guard refused it, with the code. */
  guardRefusals: number
  guardCode: string | undefined
  readonly resolve: (decided: Decided<unknown>) => void
  readonly reject: (error: unknown) => void
}

/** Callers whose keys differ, and those who have one of these keys, too. */
export interface Group {
  readonly leaders: readonly Waiting[]
  readonly followers: readonly Waiting[]
}

/** Answers a caller with what was decided under its key. */
export function settle(caller: Waiting, { bodyHash, done, outcome }: Decision, replayed: boolean): void {
  const { request, resolve, reject } = caller
  const value = JSON.parse(outcome)
  if (!sameBytes(bodyHash, request.bodyHash)) reject(new KeyReused())
  else if (done) resolve({ replayed, ok: true, answer: value })
  else resolve({ replayed, ok: false, refusal: value })
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
