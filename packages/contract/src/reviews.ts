import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { Actor } from './operators.ts'
import { type ReasonedAction, reasonsFor } from './review-reasons.ts'
import { Livemode, nullable, pageOf, strictObject, Timestamp, text } from './values.ts'

/** What operators do to a registration. */
export const RegistrationAction = Type.Enum(
  [
    ...([
      'proposeApproval',
      'approve',
      'return',
      'reject',
      'suspend',
      'reinstate',
      'close',
      'changePhone',
      'requestErasure',
      'erase',
    ] as const),
    ...(['acceptDocument', 'rejectDocument'] as const),
    ...(['proposeClearing', 'clear', 'proposeConfirmation', 'confirm', 'appeal'] as const),
  ],
  { description: '`propose…`: the first of two; from `proposeClearing` on, of a case about the person' },
)
export type RegistrationAction = Static<typeof RegistrationAction>

export const ReasonText = strictObject(
  { code: Type.String(), message: Type.String(), messageEs: Type.String() },
  { title: 'ReasonText', description: 'Written for the person whom it is about' },
)

export const Review = strictObject(
  {
    openedAt: Timestamp,
    reasons: Type.Array(Type.String(), {
      description:
        'Why somebody has to look at it; to the person themselves no more than `underReview`, where they may not know',
    }),
    assignedTo: nullable(Type.String({ description: 'The operator who works on it; to the person always null' })),
    operatorsNeeded: Type.Integer({ minimum: 1, maximum: 2, description: 'How many must approve' }),
    approval: nullable(strictObject({ proposedBy: Type.String(), proposedAt: Timestamp }, { title: 'Approval' })),
  },
  { title: 'Review', description: 'What a registration in review waits for' },
)
export interface Review extends Static<typeof Review> {}

export const Notice = strictObject(
  {
    action: Type.Enum(['return', 'reject', 'suspend', 'close', 'remind', 'restrict']),
    reasons: Type.Array(ReasonText),
    note: nullable(Type.String({ description: 'What the operator wrote to this person' })),
    time: Timestamp,
  },
  {
    title: 'Notice',
    description:
      'What the person is told: why they were returned, rejected, suspended, closed or restricted, or what is due',
  },
)
export interface Notice extends Static<typeof Notice> {}

const note = Type.Optional({ ...text(500), description: 'For the person whom it is about, beside the reasons' })

export const Decide = strictObject({ actor: Actor, note }, { title: 'Decide' })
export interface Decide extends Static<typeof Decide> {}

const because = (action: ReasonedAction, kind: 'merchant' | 'consumer', title: string) =>
  strictObject(
    {
      actor: Actor,
      reasons: Type.Array(Type.Enum(reasonsFor(action, kind)), { minItems: 1, maxItems: 10, uniqueItems: true }),
      note,
    },
    { title },
  )

export const ReturnMerchant = because('return', 'merchant', 'ReturnMerchant')
export const ReturnConsumer = because('return', 'consumer', 'ReturnConsumer')
export const Reject = because('reject', 'merchant', 'Reject')
export const Suspend = because('suspend', 'merchant', 'Suspend')
export const Close = because('close', 'merchant', 'Close')
export interface ReturnMerchant extends Static<typeof ReturnMerchant> {}
export interface ReturnConsumer extends Static<typeof ReturnConsumer> {}
export interface Reject extends Static<typeof Reject> {}
export interface Suspend extends Static<typeof Suspend> {}
export interface Close extends Static<typeof Close> {}
/** What the decisions with reasons have in common. */
export type DecideBecause = ReturnMerchant

export const AssignReview = strictObject(
  {
    to: nullable({ ...Actor, description: 'Who works on it from now on; null: nobody' }),
    from: Type.Optional(
      nullable({ ...Actor, description: 'Who had it when you looked; left out: nobody. Another answer is 409' }),
    ),
  },
  { title: 'AssignReview' },
)
export interface AssignReview extends Static<typeof AssignReview> {}

export const RegistrationDecision = strictObject(
  {
    id: idOf('dec'),
    livemode: Livemode,
    action: RegistrationAction,
    actor: Type.String(),
    reasons: Type.Array(ReasonText),
    note: nullable(Type.String()),
    saw: strictObject(
      {
        finding: nullable(Type.String({ description: 'Why it was in review' })),
        policyVersion: Type.String(),
        revision: Type.Integer({ description: 'Of the registration: each edit and decision makes a new one' }),
        contentHash: nullable(
          Type.String({
            description: 'SHA-256 of what was seen, hexadecimal; the leaf commits to it. Null: nothing was kept',
          }),
        ),
      },
      { title: 'Seen', description: 'What the operator decided on' },
    ),
    caseId: nullable(idOf('cas')),
    documentId: nullable(idOf('doc')),
    transactionId: idOf('txn'),
    time: Timestamp,
  },
  { title: 'RegistrationDecision', description: 'One decision about a registration, as its leaf in the log has it' },
)
export interface RegistrationDecision extends Static<typeof RegistrationDecision> {}

export const ExplainedDecision = strictObject(
  {
    ...RegistrationDecision.properties,
    content: nullable(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'The registration as the operator saw it. Null: of a case or document, of an older version, or the person was erased',
      }),
    ),
  },
  { title: 'ExplainedDecision' },
)
export interface ExplainedDecision extends Static<typeof ExplainedDecision> {}

export const RegistrationDecisionPage = pageOf(RegistrationDecision, 'RegistrationDecisionPage')
