import type { CoreRefusal } from '../core-banking/core-banking.ts'
import type { BankCode } from '../http/bank-problem.ts'

/** What the core system's refusal of a debit means to the customer. */
export const CORE_REFUSAL: Readonly<Record<CoreRefusal, BankCode>> = {
  INSUFFICIENT_FUNDS: 'balance_too_low',
  LIMIT_EXCEEDED: 'limit_exceeded',
  ACCOUNT_BLOCKED: 'account_unusable',
  ACCOUNT_NOT_FOUND: 'account_unusable',
  MOVEMENT_UNDONE: 'took_too_long', // only an abandoned order's debit meets its own undoing
}
