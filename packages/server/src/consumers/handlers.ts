import type * as operations from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { dossierFrom, draftFrom } from '../registrations/draft.ts'
import { erase } from '../registrations/erasure/erase.ts'
import { exportPersonalData } from '../registrations/erasure/export.ts'
import { decisionPage, explainDecision, listPage, showOne } from '../registrations/list.ts'
import { confirmPhoneVerification, startPhoneVerification } from '../registrations/phone-verification/service.ts'
import { approve, assign, close, reinstate, reject, returnToApplicant, suspend } from '../registrations/review.ts'
import { createRegistration, type RegistrationDeps, submitRegistration } from '../registrations/service.ts'
import { showRequirements } from '../registrations/show.ts'
import { updateRegistration } from '../registrations/update.ts'
import { upgrade } from '../registrations/upgrade.ts'
import { CONSUMER } from './consumer.ts'

type ConsumerOperations = Pick<
  typeof operations,
  | 'createConsumer'
  | 'listConsumers'
  | 'getConsumer'
  | 'getConsumerRequirements'
  | 'startConsumerPhoneVerification'
  | 'confirmConsumerPhoneVerification'
  | 'submitConsumer'
  | 'upgradeConsumer'
  | 'updateConsumer'
  | 'assignConsumer'
  | 'approveConsumer'
  | 'returnConsumer'
  | 'rejectConsumer'
  | 'suspendConsumer'
  | 'reinstateConsumer'
  | 'closeConsumer'
  | 'eraseConsumer'
  | 'exportConsumer'
  | 'listConsumerDecisions'
  | 'getConsumerDecision'
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const consumerHandlers = (deps: RegistrationDeps): Handlers<ConsumerOperations> => ({
  createConsumer: ({ body }, call) =>
    createRegistration(deps, call, CONSUMER, draftFrom(deps, body, null, dossierFrom(body))),
  listConsumers: ({ query }, call) => listPage(deps, call, CONSUMER, query),
  getConsumer: ({ consumerId }, call) => showOne(deps, call, CONSUMER, consumerId, CONSUMER.show),
  getConsumerRequirements: ({ consumerId }, call) => showOne(deps, call, CONSUMER, consumerId, showRequirements),
  startConsumerPhoneVerification: ({ consumerId }, call) => startPhoneVerification(deps, call, CONSUMER, consumerId),
  confirmConsumerPhoneVerification: ({ consumerId: registrationId, verificationId, body: { code } }, call) =>
    confirmPhoneVerification(deps, call, CONSUMER, { registrationId, verificationId, code }),
  submitConsumer: ({ consumerId, body }, call) => submitRegistration(deps, call, CONSUMER, consumerId, body),
  upgradeConsumer: ({ consumerId }, call) => upgrade(deps, call, CONSUMER, consumerId),
  updateConsumer: ({ consumerId, body }, call) => updateRegistration(deps, call, CONSUMER, consumerId, body),
  assignConsumer: ({ consumerId, body }, call) => assign(deps, call, CONSUMER, consumerId, body),
  approveConsumer: ({ consumerId, body }, call) => approve(deps, call, CONSUMER, consumerId, body),
  returnConsumer: ({ consumerId, body }, call) => returnToApplicant(deps, call, CONSUMER, consumerId, body),
  rejectConsumer: ({ consumerId, body }, call) => reject(deps, call, CONSUMER, consumerId, body),
  suspendConsumer: ({ consumerId, body }, call) => suspend(deps, call, CONSUMER, consumerId, body),
  reinstateConsumer: ({ consumerId, body }, call) => reinstate(deps, call, CONSUMER, consumerId, body),
  closeConsumer: ({ consumerId, body }, call) => close(deps, call, CONSUMER, consumerId, body),
  eraseConsumer: ({ consumerId, body }, call) => erase(deps, call, CONSUMER, consumerId, body),
  exportConsumer: ({ consumerId }, call) => exportPersonalData(deps, call, CONSUMER, consumerId),
  listConsumerDecisions: ({ consumerId, query }, call) => decisionPage(deps, call, CONSUMER, consumerId, query),
  getConsumerDecision: ({ consumerId, decisionId }, call) =>
    explainDecision(deps, call, CONSUMER, consumerId, decisionId),
})
