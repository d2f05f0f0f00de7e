import { PistoApiError, type ProblemCode } from '@pisto/sdk'
import type { BankCode } from '../http/bank-problem.ts'

/**
 * Answers to `createPayment` after which it is certain that this order is not paid and never will be: Pisto looks its
 * idempotency key up before it refuses so. Only these undo the debit. Everything else (no answer, 401, 429, 5xx, a
 * proxy's page, a code we do not know) leaves open whether an earlier attempt has paid: such an order is tried again.
 *
 * `insufficient_funds`, `account_closed` and `account_not_found` speak of the bank's own paying wallet, not of the
 * customer's account: the customer is told that payments are suspended.
 */
const REFUSALS: Partial<Record<ProblemCode, BankCode>> = {
  request_invalid: 'code_unreadable',
  insufficient_funds: 'payments_suspended',
  account_closed: 'payments_suspended',
  account_not_found: 'payments_suspended',
  same_account: 'account_unusable',
  currency_mismatch: 'currency_differs',
  amount_too_large: 'amount_too_large',
  payee_not_found: 'payee_unavailable',
  payee_inactive: 'payee_unavailable',
  payment_request_not_found: 'code_unreadable',
  payment_request_already_paid: 'code_used',
  payment_request_expired: 'code_expired',
  payment_request_wrong_status: 'code_expired',
  qr_invalid: 'code_unreadable',
  qr_signature_missing: 'code_not_genuine',
  qr_signature_invalid: 'code_not_genuine',
  qr_foreign: 'code_of_other_network',
}

/** @returns Why the payment is refused for good; undefined: that error does not say so. */
export function pistoRefusal(error: unknown): BankCode | undefined {
  if (!(error instanceof PistoApiError) || !Object.hasOwn(REFUSALS, error.code)) return undefined
  if (error.errors.some(({ code }) => code === 'amount_differs')) return 'amount_differs'
  return REFUSALS[error.code as ProblemCode]
}
