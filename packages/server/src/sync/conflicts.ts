import type { Conflict, ConflictChoice, PistoProblem } from '@pisto/contract'
import type { PublicRegistration } from '../registrations/registration.ts'
import { takesEvidence } from '../registrations/states.ts'
import type { KINDS } from './kinds.ts'

type Verb = (typeof KINDS)[keyof typeof KINDS]['verb']

/** What each kind of conflict leaves to choose, by what was asked for. */
const CHOICES = {
  personRegistered: { create: ['keepTheirs', 'useMine', 'discard'], update: ['useMine', 'discard'] },
  phoneTaken: { create: ['useMine', 'discard'], update: ['useMine', 'discard'] },
  editedMeanwhile: { update: ['keepTheirs', 'useMine'] },
  statusChanged: { update: ['keepTheirs'], submit: ['keepTheirs'], start: ['keepTheirs'], confirm: ['keepTheirs'] },
  closed: {
    update: ['useMine', 'discard'],
    submit: ['useMine', 'discard'],
    start: ['useMine', 'discard'],
    confirm: ['useMine', 'discard'],
  },
} as const satisfies Record<Conflict['kind'], Partial<Record<Verb, readonly ConflictChoice[]>>>

/** Refusals that are somebody else's doing. */
const CONFLICTING: Partial<Record<PistoProblem['code'], Conflict['kind']>> = {
  document_duplicate: 'personRegistered',
  phone_duplicate: 'phoneTaken',
  registration_edited: 'editedMeanwhile',
  merchant_wrong_status: 'statusChanged',
  consumer_wrong_status: 'statusChanged',
}

/**
 * The conflict that a refusal is.
 *
 * @param theirs The registration that stands in the way: who has the document, or the subject itself.
 * @returns Undefined: a mistake of its own, which nobody else has a part in.
 */
export function conflictOf(
  { code, facts }: PistoProblem,
  verb: Verb,
  theirs: PublicRegistration | undefined,
): Conflict | undefined {
  const found = CONFLICTING[code]
  if (found === undefined) return undefined
  const isOver = theirs?.status === 'closed' || theirs?.status === 'rejected'
  const kind = found === 'statusChanged' && isOver ? 'closed' : found
  const choices = (CHOICES[kind] as Partial<Record<Verb, readonly ConflictChoice[]>>)[verb]
  if (choices === undefined) return undefined
  const isWritable = kind !== 'personRegistered' || theirs === undefined || takesEvidence(theirs.status)
  return {
    kind,
    // whose phone it is, is nobody's business
    registrationId: kind === 'phoneTaken' ? null : (theirs?.id ?? null),
    status: kind === 'phoneTaken' ? null : (theirs?.status ?? null),
    fields: facts['fields']?.split(', ') ?? [],
    choices: choices.filter((choice) => choice !== 'useMine' || verb !== 'create' || isWritable),
  }
}
