import type { PistoApiError, ProblemCode } from '@pisto/sdk'
import type { BankCode } from '../http/bank-problem.ts'

/**
 * Pisto's refusals as the bank's own. What is missing is a mistake of this service (a wrong key, a wrong request), not
 * something to bother a customer with.
 *
 * `limit_exceeded`, `account_frozen`, `tier_too_low`, `insufficient_funds`, `account_closed` and `account_not_found` speak
 * of the bank's own paying wallet, not of the customer's account: the customer is told that payments are suspended.
 */
const BANK_CODES: Partial<Record<ProblemCode, BankCode>> = {
  registration_invalid: 'registration_invalid',
  document_duplicate: 'already_registered',
  phone_duplicate: 'already_registered',
  merchant_not_found: 'not_found',
  merchant_wrong_status: 'merchant_not_ready',
  requirements_missing: 'requirements_missing',
  phone_verification_not_found: 'not_found',
  phone_verification_wrong_status: 'code_no_longer_valid',
  code_mismatch: 'code_wrong',
  code_expired: 'code_no_longer_valid',
  code_tries_exhausted: 'code_no_longer_valid',

  limit_exceeded: 'payments_suspended',
  account_frozen: 'payments_suspended',
  tier_too_low: 'payments_suspended',
  insufficient_funds: 'payments_suspended',
  account_closed: 'payments_suspended',
  account_not_found: 'payments_suspended',
  same_account: 'account_unusable',
  currency_mismatch: 'currency_differs',
  amount_too_large: 'amount_too_large',
  payee_not_found: 'payee_unavailable',
  payee_inactive: 'payee_unavailable',
  payee_moved: 'payee_unavailable',
  receiving_limit_exceeded: 'payee_unavailable',
  payment_request_not_found: 'code_unreadable',
  payment_request_already_paid: 'code_used',
  payment_request_expired: 'code_expired',
  payment_request_wrong_status: 'code_expired',
  qr_invalid: 'code_unreadable',
  qr_signature_missing: 'code_not_genuine',
  qr_signature_invalid: 'code_not_genuine',
  qr_foreign: 'code_of_other_network',
  qr_code_not_found: 'code_unreadable',
  qr_code_used: 'code_used',
  qr_code_expired: 'code_expired',
  qr_code_revoked: 'code_withdrawn',

  idempotency_key_reused: 'key_reused',
  rate_limited: 'too_many_requests',
}

/** @returns Undefined: nothing that a customer did. */
export function bankCodeOf({ code, errors }: PistoApiError): BankCode | undefined {
  if (errors.some((fault) => fault.code === 'amount_differs')) return 'amount_differs'
  return Object.hasOwn(BANK_CODES, code) ? BANK_CODES[code as ProblemCode] : undefined
}
