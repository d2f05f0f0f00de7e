import type { OpenAccount } from '@pisto/contract'
import type { AccountPlan } from '@pisto/ledger'

type Own = OpenAccount['purpose']

/**
 * The institution's own accounts, by purpose (docs/concepts/chart-of-accounts.md). `exchange` and `rounding` may stand
 * on either side of zero: a position, and what roundings left.
 */
export const OWN_ACCOUNTS: Readonly<Record<Own, Pick<AccountPlan, 'normalSide' | 'noOverdraft'>>> = {
  settlement: { normalSide: 'debit', noOverdraft: false },
  feeIncome: { normalSide: 'credit', noOverdraft: true },
  suspense: { normalSide: 'credit', noOverdraft: true },
  exchange: { normalSide: 'credit', noOverdraft: false },
  rounding: { normalSide: 'credit', noOverdraft: false },
}
