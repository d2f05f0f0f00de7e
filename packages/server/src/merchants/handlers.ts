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
import { MERCHANT } from './merchant.ts'

type MerchantOperations = Pick<
  typeof operations,
  | 'createMerchant'
  | 'listMerchants'
  | 'getMerchant'
  | 'getMerchantRequirements'
  | 'startMerchantPhoneVerification'
  | 'confirmMerchantPhoneVerification'
  | 'submitMerchant'
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const merchantHandlers = (deps: RegistrationDeps): Handlers<MerchantOperations> => ({
  createMerchant({ body }, call) {
    const { tradeName, categoryCode } = body
    return createRegistration(deps, call, MERCHANT, draftFrom(deps, body, { tradeName, categoryCode }))
  },
  listMerchants: ({ query }, call) => listPage(deps, call, MERCHANT, query),
  async getMerchant({ merchantId }, { tenantId, livemode }) {
    return MERCHANT.show(await getRegistration(deps.db, tenantId, MERCHANT, merchantId), livemode)
  },
  async getMerchantRequirements({ merchantId }, { tenantId }) {
    return requirementsFor(await getRegistration(deps.db, tenantId, MERCHANT, merchantId))
  },
  startMerchantPhoneVerification: ({ merchantId }, call) => startPhoneVerification(deps, call, MERCHANT, merchantId),
  confirmMerchantPhoneVerification: ({ merchantId: registrationId, verificationId, body: { code } }, call) =>
    confirmPhoneVerification(deps, call, MERCHANT, { registrationId, verificationId, code }),
  submitMerchant: ({ merchantId }, call) => submitRegistration(deps, call, MERCHANT, merchantId),
})
