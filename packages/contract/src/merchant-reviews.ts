import { type Static, Type } from 'typebox'
import { CreateMerchant, Merchant } from './merchants.ts'
import { operation } from './operation.ts'
import {
  AssignReview,
  Close,
  Decide,
  ExplainedDecision,
  RegistrationDecisionPage,
  Reject,
  ReturnMerchant,
  Suspend,
} from './reviews.ts'
import { pageQuery, strictObject } from './values.ts'

/** A body of all fields of the registration, each of which may be left out. */
export const UpdateMerchant = Type.Partial(Type.Omit(CreateMerchant, ['country']), {
  title: 'UpdateMerchant',
  additionalProperties: false,
})
export interface UpdateMerchant extends Static<typeof UpdateMerchant> {}

export const updateMerchant = operation({
  id: 'updateMerchant',
  method: 'PATCH',
  path: '/v1/merchants/{merchantId}',
  summary: 'Edit a draft, or mend what was returned: fields that are left out stay',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: UpdateMerchant,
  response: Merchant,
  problems: [
    'merchant_not_found',
    'evidence_verified',
    'merchant_wrong_status',
    'registration_invalid',
    'document_duplicate',
    'phone_duplicate',
  ],
})

const DECISION = { method: 'POST', scope: 'merchants:review', idempotencyKey: 'accepted', response: Merchant } as const

export const assignMerchant = operation({
  ...DECISION,
  id: 'assignMerchant',
  path: '/v1/merchants/{merchantId}/assign',
  summary: 'Give a review to an operator, or take it: two do not work on one',
  body: AssignReview,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'review_assigned'],
})

export const approveMerchant = operation({
  ...DECISION,
  id: 'approveMerchant',
  path: '/v1/merchants/{merchantId}/approve',
  summary:
    'Approve a merchant in review; where two operators are needed, the first call proposes and the second decides',
  body: Decide,
  problems: [
    'merchant_not_found',
    'merchant_wrong_status',
    'review_assigned',
    'second_operator_needed',
    'requirements_missing',
    'case_open',
  ],
})

export const returnMerchant = operation({
  ...DECISION,
  id: 'returnMerchant',
  path: '/v1/merchants/{merchantId}/return',
  summary: 'Send a merchant in review back, to mend what the reasons name',
  body: ReturnMerchant,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'review_assigned'],
})

export const rejectMerchant = operation({
  ...DECISION,
  id: 'rejectMerchant',
  path: '/v1/merchants/{merchantId}/reject',
  summary: 'Refuse a merchant in review for good; document and phone are free again',
  body: Reject,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'review_assigned'],
})

export const suspendMerchant = operation({
  ...DECISION,
  id: 'suspendMerchant',
  path: '/v1/merchants/{merchantId}/suspend',
  summary: 'Pause an active merchant: what it holds stays, nobody can pay it',
  body: Suspend,
  problems: ['merchant_not_found', 'merchant_wrong_status'],
})

export const reinstateMerchant = operation({
  ...DECISION,
  id: 'reinstateMerchant',
  path: '/v1/merchants/{merchantId}/reinstate',
  summary: 'Let a suspended merchant go on',
  body: Decide,
  problems: ['merchant_not_found', 'merchant_wrong_status'],
})

export const closeMerchant = operation({
  ...DECISION,
  id: 'closeMerchant',
  path: '/v1/merchants/{merchantId}/close',
  summary: 'Close a merchant and its account for good; the account must be empty',
  body: Close,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'account_not_empty'],
})

export const listMerchantDecisions = operation({
  id: 'listMerchantDecisions',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/decisions',
  summary: 'Who decided what about a merchant, and why, newest first',
  scope: 'merchants:review',
  query: strictObject(pageQuery),
  response: RegistrationDecisionPage,
  problems: ['merchant_not_found'],
})

export const getMerchantDecision = operation({
  id: 'getMerchantDecision',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/decisions/{decisionId}',
  summary: 'One decision about a merchant, with what the operator saw then',
  scope: 'merchants:review',
  response: ExplainedDecision,
  problems: ['merchant_not_found', 'decision_not_found'],
})
