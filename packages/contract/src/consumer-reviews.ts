import { type Static, Type } from 'typebox'
import { Consumer, CreateConsumer } from './consumers.ts'
import { operation } from './operation.ts'
import {
  AssignReview,
  Close,
  Decide,
  ExplainedDecision,
  RegistrationDecisionPage,
  Reject,
  ReturnConsumer,
  Suspend,
} from './reviews.ts'
import { pageQuery, strictObject } from './values.ts'

/** A body of all fields of the registration, each of which may be left out. */
export const UpdateConsumer = Type.Partial(Type.Omit(CreateConsumer, ['country']), {
  title: 'UpdateConsumer',
  additionalProperties: false,
})
export interface UpdateConsumer extends Static<typeof UpdateConsumer> {}

export const updateConsumer = operation({
  id: 'updateConsumer',
  method: 'PATCH',
  path: '/v1/consumers/{consumerId}',
  summary: 'Edit a draft, or mend what was returned: fields that are left out stay',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  body: UpdateConsumer,
  response: Consumer,
  problems: [
    'consumer_not_found',
    'consumer_wrong_status',
    'registration_invalid',
    'document_duplicate',
    'phone_duplicate',
  ],
})

const DECISION = { method: 'POST', scope: 'consumers:review', idempotencyKey: 'accepted', response: Consumer } as const

export const assignConsumer = operation({
  ...DECISION,
  id: 'assignConsumer',
  path: '/v1/consumers/{consumerId}/assign',
  summary: 'Give a review to an operator, or take it: two do not work on one',
  body: AssignReview,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'review_assigned'],
})

export const approveConsumer = operation({
  ...DECISION,
  id: 'approveConsumer',
  path: '/v1/consumers/{consumerId}/approve',
  summary:
    'Approve a consumer in review; where two operators are needed, the first call proposes and the second decides',
  body: Decide,
  problems: [
    'consumer_not_found',
    'consumer_wrong_status',
    'review_assigned',
    'second_operator_needed',
    'requirements_missing',
    'case_open',
  ],
})

export const returnConsumer = operation({
  ...DECISION,
  id: 'returnConsumer',
  path: '/v1/consumers/{consumerId}/return',
  summary: 'Send a consumer in review back, to mend what the reasons name',
  body: ReturnConsumer,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'review_assigned'],
})

export const rejectConsumer = operation({
  ...DECISION,
  id: 'rejectConsumer',
  path: '/v1/consumers/{consumerId}/reject',
  summary: 'Refuse a consumer in review for good; document and phone are free again',
  body: Reject,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'review_assigned'],
})

export const suspendConsumer = operation({
  ...DECISION,
  id: 'suspendConsumer',
  path: '/v1/consumers/{consumerId}/suspend',
  summary: 'Pause an active consumer: what it holds stays, it cannot pay',
  body: Suspend,
  problems: ['consumer_not_found', 'consumer_wrong_status'],
})

export const reinstateConsumer = operation({
  ...DECISION,
  id: 'reinstateConsumer',
  path: '/v1/consumers/{consumerId}/reinstate',
  summary: 'Let a suspended consumer go on',
  body: Decide,
  problems: ['consumer_not_found', 'consumer_wrong_status'],
})

export const closeConsumer = operation({
  ...DECISION,
  id: 'closeConsumer',
  path: '/v1/consumers/{consumerId}/close',
  summary: 'Close a consumer and its account for good; the account must be empty',
  body: Close,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'account_not_empty'],
})

export const listConsumerDecisions = operation({
  id: 'listConsumerDecisions',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/decisions',
  summary: 'Who decided what about a consumer, and why, newest first',
  scope: 'consumers:review',
  query: strictObject(pageQuery),
  response: RegistrationDecisionPage,
  problems: ['consumer_not_found'],
})

export const getConsumerDecision = operation({
  id: 'getConsumerDecision',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/decisions/{decisionId}',
  summary: 'One decision about a consumer, with what the operator saw then',
  scope: 'consumers:review',
  response: ExplainedDecision,
  problems: ['consumer_not_found', 'decision_not_found'],
})
