import { PistoProblem } from '@pisto/contract'
import type { Ledger, Plan, PlanContext, Posted, Queryable } from '@pisto/ledger'
import type { Call } from '../http/call.ts'
import { perform } from '../perform.ts'
import type { PersonKey } from './person-key.ts'
import { type PersonalData, PersonErased } from './personal-data.ts'

export interface PersonDeps {
  readonly db: Queryable
  readonly ledger: Ledger
  readonly personalData: PersonalData
}

/** A plan whose answer is about a person. */
export interface PersonPlan<Answer> extends Plan<Answer> {
  /** Of the person: what is stored of the answer opens under it alone. Null: there is nothing personal in it. */
  readonly key: PersonKey | null
}

/** What is stored under the idempotency key instead of the answer. */
interface SealedAnswer {
  readonly sealedFor: string
  /** Base64. */
  readonly sealed: string
}

/**
 * `perform` for an answer that has something personal in it: it is stored sealed under the person's key. Repetitions get
 * the same answer for as long as the person is there.
 *
 * @throws {PistoProblem} what `perform` throws; `answer_erased`: this was decided, for a person who was erased since
 */
export async function performFor<Answer>(
  { db, ledger, personalData }: PersonDeps,
  call: Call,
  plan: (context: PlanContext) => Promise<PersonPlan<Answer>>,
): Promise<Answer> {
  const purpose = `answer/${call.operation}`
  let planned: PersonKey | undefined
  const stored = await perform<Answer | SealedAnswer>(ledger, call, async (context) => {
    const { key, answer, ...rest } = await plan(context)
    planned = key ?? undefined
    if (key === null) return { ...rest, answer }
    const sealed = (clear: Answer): SealedAnswer => ({
      sealedFor: key.personId,
      sealed: Buffer.from(key.sealJson(purpose, clear)).toString('base64'),
    })
    return { ...rest, answer: isFunction(answer) ? (posted) => sealed(answer(posted)) : sealed(answer) }
  })
  if (!isSealed(stored)) return stored // by a version that did not seal
  const key = call.replayed || planned === undefined ? await keyOf(stored.sealedFor) : planned
  return key.openJson<Answer>(purpose, Buffer.from(stored.sealed, 'base64'))

  async function keyOf(personId: string): Promise<PersonKey> {
    try {
      return await personalData.keyOf(db, { tenantId: call.tenantId, personId })
    } catch (error) {
      throw error instanceof PersonErased ? new PistoProblem('answer_erased') : error
    }
  }
}

const isFunction = <Answer>(answer: Plan<Answer>['answer']): answer is (posted: Posted) => Answer =>
  typeof answer === 'function'

const isSealed = (answer: unknown): answer is SealedAnswer =>
  typeof answer === 'object' && answer !== null && 'sealedFor' in answer
