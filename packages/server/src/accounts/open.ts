import type { Account, OpenAccount } from '@pisto/contract'
import type { IdSource, Ledger } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { OWN_ACCOUNTS } from './chart.ts'

/** Opens an account of the institution's own, empty. */
export function openAccount(
  { ledger, ids }: { readonly ledger: Ledger; readonly ids: IdSource },
  call: Call,
  { purpose, currency }: OpenAccount,
): Promise<Account> {
  const accountId = ids.next('acc')
  const { normalSide, noOverdraft } = OWN_ACCOUNTS[purpose]
  const nothing = { amount: '0.00', currency }
  return perform<Account>(ledger, call, ({ ledgerTime }) => ({
    purpose: 'account.opened',
    references: { accountId },
    accounts: [{ accountId, purpose, ownerId: null, currency, normalSide, noOverdraft }],
    events: [{ type: 'account.opened', objectId: accountId, status: 'open' }],
    answer: {
      id: accountId,
      livemode: call.livemode,
      purpose,
      ownerId: null,
      currency,
      normalSide,
      status: 'open',
      balances: { posted: nothing, pending: nothing, available: nothing },
      asOfSequence: 0,
      createdAt: ledgerTime.toISOString(),
    },
  }))
}
