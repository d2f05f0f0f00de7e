import { PistoApiError, type ProblemCode } from '@pisto/sdk'
import type { BankCode } from '../http/bank-problem.ts'
import { bankCodeOf } from '../pisto/bank-code.ts'

/**
 * Answers to `createPayment` after which it is certain that this order is not paid and never will be: Pisto looks its
 * idempotency key up before it refuses so. Only these undo the debit. Everything else (no answer, 401, 429, 5xx, a
 * proxy's page, a code we do not know) leaves open whether an earlier attempt has paid: such an order is tried again.
 */
const FINAL: ReadonlySet<string> = new Set<ProblemCode>([
  'request_invalid', // an earlier attempt was the same bytes: it cannot have been accepted
  'limit_exceeded',
  'receiving_limit_exceeded',
  'account_frozen',
  'tier_too_low',
  'insufficient_funds',
  'account_closed',
  'account_not_found',
  'same_account',
  'currency_mismatch',
  'amount_too_large',
  'payee_not_found',
  'payee_inactive',
  'payee_moved',
  'payment_request_not_found',
  'payment_request_already_paid',
  'payment_request_expired',
  'payment_request_wrong_status',
  'qr_invalid',
  'qr_signature_missing',
  'qr_signature_invalid',
  'qr_foreign',
  'qr_code_not_found',
  'qr_code_used',
  'qr_code_expired',
  'qr_code_revoked',
])

/** @returns Why the payment is refused for good; undefined: that error does not say so. */
export function pistoRefusal(error: unknown): BankCode | undefined {
  if (!(error instanceof PistoApiError) || !FINAL.has(error.code)) return undefined
  return bankCodeOf(error) ?? 'code_unreadable'
}
