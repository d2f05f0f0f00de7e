import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { nullable, strictObject, Timestamp } from './values.ts'

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const uuid = (description: string) =>
  Type.String({ pattern: `^${UUID}$`, description, examples: ['5f0c1f6e-2f3b-4c8e-9d5a-0a1b2c3d4e5f'] })

/** What a journal can ask for: operations of the table that make sense days later, and choices. */
export const JOURNAL_KINDS = [
  'createMerchant',
  'updateMerchant',
  'submitMerchant',
  'startMerchantPhoneVerification',
  'confirmMerchantPhoneVerification',
  'createConsumer',
  'updateConsumer',
  'submitConsumer',
  'startConsumerPhoneVerification',
  'confirmConsumerPhoneVerification',
  'resolveConflict',
] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]

const Fields = Type.Record(Type.String({ maxLength: 40 }), Type.Unknown(), { maxProperties: 40 })

export const JournalOperation = strictObject(
  {
    id: uuid('Made by the device; the same id is the same operation, for ever'),
    sequence: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Place in the journal of the device' }),
    kind: Type.Enum([...JOURNAL_KINDS], { description: 'An operation of this API, or a choice in a conflict' }),
    subject: Type.String({
      pattern: `^(${UUID}|(mer|con)_[0-7][0-9a-hjkmnp-tv-z]{25})$`,
      description: 'Whom it is about: a local id that the device made, or the id of a merchant or consumer',
    }),
    previous: nullable(uuid('The operation before it about the same subject: it waits for that one')),
    clientTime: { ...Timestamp, description: 'By the clock of the device' },
    body: {
      ...Fields,
      description:
        'As the operation takes it. To confirm a phone: `{ start, code }`, where `start` is the operation that sent the code. To choose: `{ of, choice, mine }`',
    },
    base: Type.Optional({
      ...Fields,
      description: 'Of an edit: what the edited fields were when the person edited them. Left out: nothing is compared',
    }),
    attestation: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{1,200}\\.[A-Za-z0-9_-]{1,1400}\\.[A-Za-z0-9_-]{86}$',
        description: 'What registers somebody needs one: a compact JWS (ES256) by the key of the device',
      }),
    ),
  },
  { title: 'JournalOperation' },
)
export interface JournalOperation extends Static<typeof JournalOperation> {}

export const ConflictChoice = Type.Enum(['keepTheirs', 'useMine', 'discard'])
export type ConflictChoice = Static<typeof ConflictChoice>

/** The body of `resolveConflict`. */
export const ResolveConflict = strictObject(
  {
    of: uuid('The operation that is in conflict'),
    choice: ConflictChoice,
    mine: Type.Optional({ ...Fields, description: 'What to use, edited or not' }),
  },
  { title: 'ResolveConflict' },
)
export interface ResolveConflict extends Static<typeof ResolveConflict> {}

/** The body of a journal's `confirm…PhoneVerification`. */
export const ConfirmStarted = strictObject(
  { start: uuid('The operation of this journal that sent the code'), code: Type.String({ pattern: '^\\d{6}$' }) },
  { title: 'ConfirmStarted' },
)
export interface ConfirmStarted extends Static<typeof ConfirmStarted> {}

export const Conflict = strictObject(
  {
    kind: Type.Enum(['personRegistered', 'phoneTaken', 'editedMeanwhile', 'statusChanged', 'closed']),
    registrationId: nullable(Type.String({ description: 'Theirs' })),
    status: nullable(Type.String({ description: 'Of theirs, when the conflict was found' })),
    fields: Type.Array(Type.String(), { description: 'Fields that somebody else has edited, too' }),
    choices: Type.Array(ConflictChoice, { description: 'Those that this conflict leaves' }),
  },
  { title: 'Conflict', description: 'Somebody was quicker; the person at the device chooses' },
)
export interface Conflict extends Static<typeof Conflict> {}

export const JournalResult = strictObject(
  {
    id: Type.String({ description: 'Of the operation' }),
    outcome: Type.Enum(['done', 'conflict', 'refused', 'waiting'], {
      description: '`waiting`: nothing was decided, send it again; the others are for ever',
    }),
    objectId: nullable(Type.String({ description: 'What it made or changed' })),
    problem: nullable(
      strictObject(
        {
          code: Type.String(),
          detail: Type.String(),
          facts: Type.Record(Type.String(), Type.String()),
          errors: Type.Array(
            strictObject({
              pointer: Type.String({ description: 'Into the body of the operation' }),
              code: Type.String(),
              message: Type.String(),
              messageEs: Type.String(),
            }),
          ),
        },
        { title: 'JournalProblem' },
      ),
    ),
    conflict: nullable(Conflict),
    waitingFor: nullable(Type.String({ description: 'The operation that has to be decided, or chosen on, first' })),
  },
  { title: 'JournalResult' },
)
export interface JournalResult extends Static<typeof JournalResult> {}

export const SyncRequest = strictObject(
  { deviceId: idOf('agd'), operations: Type.Array(JournalOperation, { minItems: 1, maxItems: 100 }) },
  { title: 'SyncRequest', description: 'A page of a journal' },
)
export interface SyncRequest extends Static<typeof SyncRequest> {}

export const SyncResults = strictObject(
  { results: Type.Array(JournalResult, { description: 'One an operation, in the order of the request' }) },
  { title: 'SyncResults' },
)
export interface SyncResults extends Static<typeof SyncResults> {}

export const syncJournal = operation({
  id: 'syncJournal',
  method: 'POST',
  path: '/v1/sync',
  summary: 'Apply a page of an offline journal: each operation once, whatever is lost, doubled or sent again',
  scope: 'sync:write',
  idempotencyKey: 'accepted',
  body: SyncRequest,
  response: SyncResults,
  problems: [
    'agent_device_not_found',
    'agent_device_revoked',
    'agent_wrong_status',
    // of single operations, inside the results
    'attestation_invalid',
    'registration_edited',
    'sync_subject_unknown',
    'sync_previous_refused',
    'sync_sequence_taken',
    'sync_choice_invalid',
  ],
})
