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
  | 'upgradeMerchant'
  | 'updateMerchant'
  | 'assignMerchant'
  | 'approveMerchant'
  | 'returnMerchant'
  | 'rejectMerchant'
  | 'suspendMerchant'
  | 'reinstateMerchant'
  | 'closeMerchant'
  | 'eraseMerchant'
  | 'exportMerchant'
  | 'listMerchantDecisions'
  | 'getMerchantDecision'
>

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const merchantHandlers = (deps: RegistrationDeps): Handlers<MerchantOperations> => ({
  createMerchant({ body }, call) {
    const { tradeName, categoryCode, place } = body
    const business = { tradeName, categoryCode, municipality: place?.municipality ?? null }
    return createRegistration(deps, call, MERCHANT, draftFrom(deps, body, business, dossierFrom(body)))
  },
  listMerchants: ({ query }, call) => listPage(deps, call, MERCHANT, query),
  getMerchant: ({ merchantId }, call) => showOne(deps, call, MERCHANT, merchantId, MERCHANT.show),
  getMerchantRequirements: ({ merchantId }, call) => showOne(deps, call, MERCHANT, merchantId, showRequirements),
  startMerchantPhoneVerification: ({ merchantId }, call) => startPhoneVerification(deps, call, MERCHANT, merchantId),
  confirmMerchantPhoneVerification: ({ merchantId: registrationId, verificationId, body: { code } }, call) =>
    confirmPhoneVerification(deps, call, MERCHANT, { registrationId, verificationId, code }),
  submitMerchant: ({ merchantId, body }, call) => submitRegistration(deps, call, MERCHANT, merchantId, body),
  upgradeMerchant: ({ merchantId }, call) => upgrade(deps, call, MERCHANT, merchantId),
  updateMerchant: ({ merchantId, body }, call) => updateRegistration(deps, call, MERCHANT, merchantId, body),
  assignMerchant: ({ merchantId, body }, call) => assign(deps, call, MERCHANT, merchantId, body),
  approveMerchant: ({ merchantId, body }, call) => approve(deps, call, MERCHANT, merchantId, body),
  returnMerchant: ({ merchantId, body }, call) => returnToApplicant(deps, call, MERCHANT, merchantId, body),
  rejectMerchant: ({ merchantId, body }, call) => reject(deps, call, MERCHANT, merchantId, body),
  suspendMerchant: ({ merchantId, body }, call) => suspend(deps, call, MERCHANT, merchantId, body),
  reinstateMerchant: ({ merchantId, body }, call) => reinstate(deps, call, MERCHANT, merchantId, body),
  closeMerchant: ({ merchantId, body }, call) => close(deps, call, MERCHANT, merchantId, body),
  eraseMerchant: ({ merchantId, body }, call) => erase(deps, call, MERCHANT, merchantId, body),
  exportMerchant: ({ merchantId }, call) => exportPersonalData(deps, call, MERCHANT, merchantId),
  listMerchantDecisions: ({ merchantId, query }, call) => decisionPage(deps, call, MERCHANT, merchantId, query),
  getMerchantDecision: ({ merchantId, decisionId }, call) =>
    explainDecision(deps, call, MERCHANT, merchantId, decisionId),
})
