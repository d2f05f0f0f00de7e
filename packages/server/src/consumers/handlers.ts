import type * as operations from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { draftFrom } from '../registrations/draft.ts'
import { listPage } from '../registrations/list.ts'
import { confirmPhoneVerification, startPhoneVerification } from '../registrations/phone-verification/service.ts'
import { requirementsFor } from '../registrations/requirements.ts'
import {
  createRegistration,
  getRegistration,
  type RegistrationDeps,
  submitRegistration,
} from '../registrations/service.ts'
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
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const consumerHandlers = (deps: RegistrationDeps): Handlers<ConsumerOperations> => ({
  createConsumer: ({ body }, call) => createRegistration(deps, call, CONSUMER, draftFrom(deps, body, null)),
  listConsumers: ({ query }, call) => listPage(deps, call, CONSUMER, query),
  async getConsumer({ consumerId }, { tenantId, livemode }) {
    return CONSUMER.show(await getRegistration(deps.db, tenantId, CONSUMER, consumerId), livemode)
  },
  async getConsumerRequirements({ consumerId }, { tenantId }) {
    return requirementsFor(await getRegistration(deps.db, tenantId, CONSUMER, consumerId))
  },
  startConsumerPhoneVerification: ({ consumerId }, call) => startPhoneVerification(deps, call, CONSUMER, consumerId),
  confirmConsumerPhoneVerification: ({ consumerId: registrationId, verificationId, body: { code } }, call) =>
    confirmPhoneVerification(deps, call, CONSUMER, { registrationId, verificationId, code }),
  submitConsumer: ({ consumerId }, call) => submitRegistration(deps, call, CONSUMER, consumerId),
})
