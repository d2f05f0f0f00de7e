import { type Account, NotFound } from '@pisto/contract'
import { type AccountStatus, findAccount, type Ledger } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { showAccount } from './show.ts'

const EVENTS = { frozen: 'account.frozen', open: 'account.unfrozen', closed: 'account.closed' } as const

/**
 * Freezes, unfreezes or closes an account.
 *
 * @throws {NotFound} this tenant has no such account
 * @throws {PistoProblem} `account_closed`; `account_not_empty`: only an empty account is closed
 */
export function changeAccount(
  { ledger }: { readonly ledger: Ledger },
  call: Call,
  accountId: string,
  status: AccountStatus,
): Promise<Account> {
  const { tenantId, livemode } = call
  const type = EVENTS[status]
  return perform<Account>(ledger, call, async ({ reader }) => {
    const account = await findAccount(reader, tenantId, accountId)
    if (account === undefined) throw new NotFound('account_not_found', { id: accountId })
    return {
      purpose: type,
      references: { accountId },
      changes: [{ accountId, status }],
      events: [{ type, objectId: accountId, status }],
      answer: showAccount({ ...account, status }, livemode),
    }
  })
}
