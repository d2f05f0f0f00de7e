import { type JournalOperation, PistoProblem } from '@pisto/contract'
import { isTypeId, type Plan, type PlanContext } from '@pisto/ledger'
import type { Edit } from '../registrations/edit.ts'
import { KIND_PREFIX } from '../registrations/kinds.ts'
import type { PublicRegistration } from '../registrations/registration.ts'
import { findPublicRegistration, findRegistration } from '../registrations/store.ts'
import { conflictOf } from './conflicts.ts'
import { refuseEditedMeanwhile } from './edited-meanwhile.ts'
import { type Evidence, enrolling, evidenceFor } from './enrolling.ts'
import { findTheirs } from './holder.ts'
import { callOf, type Journal, noteOf, peopleOf, record, type SyncDeps, settled } from './journal.ts'
import { KINDS, type OperationKind } from './kinds.ts'
import { type DecidedOperation, insertOperations } from './store.ts'

/** Whom an operation is about, and what it needs of the journal before it. */
interface Aim {
  readonly id: string
  readonly verificationId: string
  readonly evidence: Evidence | undefined
}

/**
 * Applies one operation by the handler of the API's operation of its name. What it does commits together with the note
 * that it was done; what refuses it is noted, too, so that the same question has the same answer for ever.
 *
 * @throws {PistoProblem} 5xx and `rate_limited`: nothing was decided
 */
export async function applyOperation(
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation & { readonly kind: OperationKind },
): Promise<DecidedOperation> {
  const row = KINDS[operation.kind]
  let target = ''
  try {
    const { id, verificationId, evidence } = await aimOf(deps, journal, operation)
    target = id
    const people = peopleOf(deps, {
      before: row.verb === 'update' && operation.base ? comparing(deps, journal, operation, id) : undefined,
      extras(planned, { ledgerTime }) {
        const note = noteOf(deps, journal, operation, ledgerTime)
        const refusal = refusalIn(planned)
        if (refusal !== undefined) {
          return { companions: [insertOperations.row({ ...note, outcome: 'refused', problem: refusal })] }
        }
        const made = madeBy(planned)
        const registrationId = row.verb === 'create' ? made.id : null
        const done: DecidedOperation = { ...note, outcome: 'done', objectId: made.id, registrationId }
        const enrolled = evidence && enrolling(deps, journal, { ...evidence, person: row.person, ...made, ledgerTime })
        return { ...enrolled, companions: [insertOperations.row(done), ...(enrolled?.companions ?? [])] }
      },
    })
    const body = row.verb === 'confirm' ? { code: operation.body['code'] } : operation.body
    await row.run(people, { id, verificationId, body }, callOf(journal, operation))
  } catch (error) {
    if (!(error instanceof PistoProblem)) throw error
    if (error.code !== 'idempotency_in_progress') return refuse(deps, journal, operation, error, target)
  }
  return settled(deps, journal, operation.id)
}

/** Notes why an operation was not applied: a conflict where it is somebody else's doing. */
export async function refuse(
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation,
  problem: PistoProblem,
  target = '',
): Promise<DecidedOperation> {
  if (problem.status >= 500 || problem.status === 429) throw problem
  const note = noteOf(deps, journal, operation, deps.clock.now())
  if (operation.kind !== 'resolveConflict') {
    const { person, verb } = KINDS[operation.kind]
    const theirs = await theirsOf(deps, journal, operation, problem, target)
    const conflict = conflictOf(problem, verb, theirs?.kind === person ? theirs : undefined)
    if (conflict !== undefined) return record(deps, journal, { ...note, outcome: 'conflict', conflict })
  }
  const { code, facts, errors } = problem
  return record(deps, journal, { ...note, outcome: 'refused', problem: { code, facts, errors } })
}

/** The registration that a refusal is about: who has the document, else the one that was to be changed. */
async function theirsOf(
  deps: SyncDeps,
  { call }: Journal,
  { kind, body }: JournalOperation,
  { code }: PistoProblem,
  target: string,
): Promise<PublicRegistration | undefined> {
  const { person, verb } = KINDS[kind as OperationKind]
  if (code === 'document_duplicate') return verb === 'create' ? findTheirs(deps, call, person, body) : undefined
  return findPublicRegistration(deps.db, call.tenantId, person, target)
}

/** @throws {PistoProblem} what the operation says of itself does not hold */
async function aimOf(deps: SyncDeps, journal: Journal, operation: JournalOperation): Promise<Aim> {
  const { kind, subject, body, base } = operation
  const { person, verb, body: schema } = KINDS[kind as OperationKind]
  const errors = deps.validate(schema, body)
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
  if (base !== undefined) {
    const wrong = deps.validate(KINDS[kind as OperationKind].body, base)
    if (wrong.length > 0) throw new PistoProblem('request_invalid', {}, { errors: wrong })
  }
  const isServers = isTypeId(subject, KIND_PREFIX[person])
  const known = isServers ? subject : journal.subjects.get(subject)
  if (verb === 'create') {
    if (isServers || known !== undefined) throw new PistoProblem('sync_subject_unknown')
    return { id: '', verificationId: '', evidence: await evidenceFor(deps, journal, operation) }
  }
  if (known === undefined) throw new PistoProblem('sync_subject_unknown')
  const start = verb === 'confirm' ? journal.decided.get(String(body['start'])) : undefined
  return { id: known, verificationId: start?.objectId ?? '', evidence: undefined }
}

const comparing =
  (deps: SyncDeps, { call }: Journal, { kind, base, body }: JournalOperation, id: string) =>
  async ({ reader }: PlanContext): Promise<void> => {
    const theirs = await findRegistration(deps, reader, call.tenantId, KINDS[kind as OperationKind].person, id)
    if (theirs !== undefined) refuseEditedMeanwhile(deps, call, theirs, { base: base as Edit, edit: body as Edit })
  }

/** What a handler's plan made or changed. */
export interface Made {
  readonly id: string
  readonly status: string
}

/** A registration is named by the event of its plan (its answer may be sealed), a phone's code by the answer alone. */
export function madeBy({ events = [], answer }: Plan<unknown>): Made {
  const [event] = events
  const { id, status } = event === undefined ? (answer as Partial<Made>) : { ...event, id: event.objectId }
  if (id === undefined || status === undefined) throw new Error('a plan that a journal asked for names what it makes')
  return { id, status }
}

/** A wrong code counts a try, and is refused all the same. */
function refusalIn({ answer }: Plan<unknown>): DecidedOperation['problem'] | undefined {
  if (typeof answer !== 'object' || answer === null || !('refusedWithEffect' in answer)) return undefined
  const { code, facts } = answer.refusedWithEffect as { code: string; facts: Readonly<Record<string, string>> }
  return { code, facts, errors: [] }
}
