import {
  describe,
  type JournalOperation,
  type JournalResult,
  type Language,
  PistoProblem,
  PROBLEMS,
  type ProblemCode,
} from '@pisto/contract'
import type { AgentDevice } from '../agents/agent.ts'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { hashRequest } from '../platform/http/body-hash.ts'
import type { Call } from '../platform/http/call.ts'
import type { Validate } from '../platform/http/validators.ts'
import type { RegistrationDeps } from '../registrations/service.ts'
import type { Journaling } from './journal-ledger.ts'
import { journalLedger } from './journal-ledger.ts'
import type { People } from './kinds.ts'
import { type DecidedOperation, findOperations, findSubjects, recordOperation } from './store.ts'

export interface SyncDeps extends RegistrationDeps {
  readonly validate: Validate
}

/** A page of a device's journal, with what is known of it. */
export interface Journal {
  readonly call: Call
  readonly device: AgentDevice
  /** Decided operations that the page names, by id. */
  readonly decided: Map<string, DecidedOperation>
  /** Registrations by local id. */
  readonly subjects: Map<string, string>
}

/** Reads once what a page needs: one that is sent again costs no more than this. */
export async function openJournal(
  { db }: SyncDeps,
  call: Call,
  device: AgentDevice,
  operations: readonly JournalOperation[],
): Promise<Journal> {
  const named = operations.flatMap(({ id, previous, body }) => [id, previous, body['of'], body['start']])
  const ids = [...new Set(named.filter((id): id is string => typeof id === 'string' && UUID.test(id)))]
  const subjects = [...new Set(operations.map(({ subject }) => subject))]
  return {
    call,
    device,
    decided: await findOperations(db, call.tenantId, device.id, ids),
    subjects: await findSubjects(db, call.tenantId, device.id, subjects),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The operations of the table on a ledger that notes the journal's operation with what they do. */
export function peopleOf(deps: SyncDeps, journaling: Journaling): People {
  const noting = { ...deps, ledger: journalLedger(deps.ledger, journaling) }
  return { merchants: merchantHandlers(noting), consumers: consumerHandlers(noting) }
}

/** The call as the operation itself would have it; its key is the device and the operation's id, kept for ever. */
export const callOf = ({ call }: Journal, { kind }: JournalOperation): Call => ({
  ...call,
  operation: kind,
  idempotencyKey: undefined,
  replayed: false,
})

/** Tells whether a repeated id is the same operation. */
export const hmacOf = ({ secret }: Pick<SyncDeps, 'secret'>, operation: JournalOperation): Uint8Array => {
  const { id, sequence, kind, subject, previous, body, base = {} } = operation
  return hashRequest(secret, {
    method: 'SYNC',
    path: id,
    query: {},
    body: { sequence, kind, subject, previous, body, base },
  })
}

/** What is noted of an operation, whatever came of it. */
export const noteOf = (
  deps: Pick<SyncDeps, 'secret'>,
  { device }: Journal,
  operation: JournalOperation,
  decidedAt: Date,
): Omit<DecidedOperation, 'outcome'> => {
  const { id, sequence, kind, subject, clientTime } = operation
  const ownClock = new Date(clientTime)
  return {
    ...{ deviceId: device.id, id, sequence, kind, subject, bodyHmac: hmacOf(deps, operation), decidedAt },
    // the schema lets through leap seconds
    clientTime: Number.isNaN(ownClock.getTime()) ? decidedAt : ownClock,
    ...{ objectId: null, registrationId: null, problem: null, conflict: null, settledBy: null },
  }
}

/** Notes an operation that has no effect. @returns What is decided now: somebody may have been quicker. */
export async function record(deps: SyncDeps, journal: Journal, row: DecidedOperation): Promise<DecidedOperation> {
  await recordOperation(deps.db, journal.call.tenantId, row)
  return settled(deps, journal, row.id)
}

/** @throws {PistoProblem} `sync_sequence_taken`: its place in the journal is another operation's */
export async function settled({ db }: SyncDeps, journal: Journal, id: string): Promise<DecidedOperation> {
  const found = (await findOperations(db, journal.call.tenantId, journal.device.id, [id])).get(id)
  if (found === undefined) throw new PistoProblem('sync_sequence_taken')
  journal.decided.set(id, found)
  if (found.registrationId !== null) journal.subjects.set(found.subject, found.registrationId)
  return found
}

/** As the wire has it. */
export function showOperation(operation: DecidedOperation, language: Language): JournalResult {
  const { id, outcome, objectId, problem, conflict } = operation
  return {
    id,
    outcome,
    objectId,
    problem: problem && {
      ...problem,
      facts: { ...problem.facts },
      errors: [...problem.errors],
      detail: problem.code in PROBLEMS ? describe(problem.code as ProblemCode, problem.facts, language) : problem.code,
    },
    conflict,
    waitingFor: null,
  }
}

/** A result that is not stored: nothing was decided, or the operation is not the one that was. */
export function showUnstored(
  id: string,
  outcome: 'waiting' | 'refused',
  language: Language,
  { problem, waitingFor = null }: { readonly problem?: PistoProblem; readonly waitingFor?: string | null },
): JournalResult {
  return {
    id,
    outcome,
    objectId: null,
    problem: problem
      ? {
          code: problem.code,
          detail: describe(problem.code, problem.facts, language),
          facts: { ...problem.facts },
          errors: [...problem.errors],
        }
      : null,
    conflict: null,
    waitingFor,
  }
}
