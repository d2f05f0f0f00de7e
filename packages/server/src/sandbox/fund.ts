import { type FundAccount, type Funding, NotFound, PistoProblem } from '@pisto/contract'
import type { Ledger } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'

/**
 * Puts play money into an account, out of the tenant's funding account.
 *
 * @throws {NotFound} this tenant has no such account
 * @throws {PistoProblem} `currency_mismatch`, `account_closed`, `amount_too_large`, `same_account`
 */
export async function fundAccount(
  { ledger }: { readonly ledger: Ledger },
  call: Call,
  { accountId, body: { amount } }: { readonly accountId: string; readonly body: FundAccount },
): Promise<Funding> {
  const { tenantId, tenant, livemode } = call
  const account = await ledger.findAccount(tenantId, accountId)
  const { fundingAccountId } = tenant
  if (account === undefined || fundingAccountId === null) throw new NotFound('account_not_found', { id: accountId })
  return perform<Funding>(ledger, call, ({ ledgerTime }) => {
    if (amount.currency !== account.currency) {
      throw new PistoProblem('currency_mismatch', { accountId, currency: account.currency })
    }
    return {
      purpose: 'account.funded',
      references: { accountId },
      // play money comes from outside the rules: it uses up no limit
      transfers: [{ kind: 'posted', debit: fundingAccountId, credit: accountId, amount, uncounted: true }],
      events: [{ type: 'account.funded', objectId: accountId, status: account.status }],
      answer: ({ transactionId, sequence }) => ({
        transactionId,
        livemode,
        accountId,
        amount,
        sequence,
        createdAt: ledgerTime.toISOString(),
      }),
    }
  })
}
