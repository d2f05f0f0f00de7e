import { type JournalOperation, PistoProblem, ResolveConflict } from '@pisto/contract'
import { perform } from '../platform/perform.ts'
import type { KindName } from '../registrations/kinds.ts'
import { madeBy, refuse } from './apply.ts'
import { enrolling, evidenceFor } from './enrolling.ts'
import { findTheirs } from './holder.ts'
import { callOf, type Journal, noteOf, peopleOf, type SyncDeps, settled } from './journal.ts'
import { journalLedger } from './journal-ledger.ts'
import { KINDS, OPERATION_OF, type OperationKind } from './kinds.ts'
import { type DecidedOperation, insertOperations, settleConflicts } from './store.ts'

/** A conflict that is open, and what was chosen. */
interface Chosen {
  readonly of: DecidedOperation
  readonly choice: ResolveConflict['choice']
  readonly mine: unknown
}

/**
 * Applies a choice in a conflict; of several choices the first that can be applied settles it. One that cannot (the
 * edited phone is taken as well) is refused, and the conflict stays open for another.
 *
 * @throws {PistoProblem} 5xx and `rate_limited`: nothing was decided
 */
export async function resolveConflict(
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation,
): Promise<DecidedOperation> {
  try {
    const chosen = chosenIn(deps, journal, operation)
    if (chosen.choice === 'useMine') await useMine(deps, journal, operation, chosen)
    else await letGo(deps, journal, operation, chosen)
  } catch (error) {
    if (!(error instanceof PistoProblem)) throw error
    if (error.code !== 'idempotency_in_progress') return refuse(deps, journal, operation, error)
  }
  const decided = await settled(deps, journal, operation.id)
  const { of } = operation.body as unknown as ResolveConflict
  await settled(deps, journal, of) // what waited for the choice goes on
  return decided
}

/** @throws {PistoProblem} `request_invalid`, `sync_choice_invalid` */
function chosenIn({ validate }: SyncDeps, { decided }: Journal, { body, subject }: JournalOperation): Chosen {
  const errors = validate(ResolveConflict, body)
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
  const { of: id, choice, mine } = body as unknown as ResolveConflict
  const of = decided.get(id)
  const isOpen = of?.conflict?.choices.includes(choice) && of.settledBy === null && of.subject === subject
  if (of === undefined || !isOpen) throw new PistoProblem('sync_choice_invalid')
  return { of, choice, mine }
}

/** Keeps theirs, or drops mine: nothing is written but the choice. Whoever keeps a person goes on with theirs. */
async function letGo(
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation,
  { of, choice }: Chosen,
): Promise<void> {
  const theirs = of.conflict?.registrationId ?? null
  const isAdopted = choice === 'keepTheirs' && KINDS[of.kind as OperationKind].verb === 'create'
  const ledger = journalLedger(deps.ledger, {
    extras: (_, { ledgerTime }) => ({
      companions: [
        ...choosing(deps, journal, operation, of.id, {
          objectId: choice === 'keepTheirs' ? theirs : null,
          registrationId: isAdopted ? theirs : null,
          decidedAt: ledgerTime,
        }),
      ],
    }),
  })
  await perform(ledger, callOf(journal, operation), () => ({ purpose: 'sync.chosen', answer: null }))
}

/**
 * Writes what the agent has, edited or not. A whole form registers the person, or is written over the draft that
 * somebody else has begun; an edit is written over theirs.
 */
async function useMine(
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation,
  { of, mine }: Chosen,
): Promise<void> {
  const { person, verb } = KINDS[of.kind as OperationKind]
  const isWhole = verb === 'create' || of.conflict?.kind === 'closed'
  const step = OPERATION_OF[person][isWhole ? 'create' : 'update']
  const errors = deps.validate(KINDS[step].body, mine ?? {})
  if (errors.length > 0) {
    const within = errors.map((error) => ({ ...error, pointer: `/mine${error.pointer}` }))
    throw new PistoProblem('request_invalid', {}, { errors: within })
  }
  const evidence = isWhole ? await evidenceFor(deps, journal, operation) : undefined
  const { id, kind, body } = await targetOf(deps, journal, person, of, { isWhole, mine })
  const people = peopleOf(deps, {
    extras(planned, { ledgerTime: decidedAt }) {
      const made = madeBy(planned)
      const enrolled = evidence && enrolling(deps, journal, { ...evidence, ...made, person, ledgerTime: decidedAt })
      const note = { objectId: made.id, registrationId: isWhole ? made.id : null, decidedAt }
      const companions = [...choosing(deps, journal, operation, of.id, note), ...(enrolled?.companions ?? [])]
      return { ...enrolled, companions }
    },
  })
  await KINDS[kind].run(people, { id, verificationId: '', body }, callOf(journal, operation))
}

/** What is written, and over whom. @returns `id` empty: a new registration. */
async function targetOf(
  deps: SyncDeps,
  journal: Journal,
  person: KindName,
  of: DecidedOperation,
  { isWhole, mine }: { readonly isWhole: boolean; readonly mine: unknown },
): Promise<{ readonly id: string; readonly kind: OperationKind; readonly body: unknown }> {
  const { create, update } = OPERATION_OF[person]
  if (!isWhole) {
    const known = journal.subjects.get(of.subject) ?? of.subject
    return { id: known, kind: update, body: mine }
  }
  const theirs = await findTheirs(deps, journal.call, person, mine)
  if (theirs === undefined) return { id: '', kind: create, body: mine }
  const { country: _, ...form } = mine as { readonly country: string }
  return { id: theirs.id, kind: update, body: form }
}

/** The choice itself: noted, and the conflict settled by it. */
const choosing = (
  deps: SyncDeps,
  journal: Journal,
  operation: JournalOperation,
  of: string,
  note: Pick<DecidedOperation, 'objectId' | 'registrationId' | 'decidedAt'>,
) => [
  insertOperations.row({ ...noteOf(deps, journal, operation, note.decidedAt), ...note, outcome: 'done' }),
  settleConflicts.row({ deviceId: journal.device.id, of, by: operation.id }),
]
