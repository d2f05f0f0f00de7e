import type { Account, Entry } from '@pisto/contract'
import type { AccountView, EntryView } from '@pisto/ledger'

export function showAccount(account: AccountView, livemode: boolean): Account {
  const { posted, pending, available } = account
  return {
    id: account.accountId,
    livemode,
    purpose: account.purpose as Account['purpose'],
    ownerId: account.ownerId,
    currency: account.currency as Account['currency'],
    normalSide: account.normalSide,
    status: account.status,
    balances: { posted, pending, available } as Account['balances'],
    asOfSequence: account.asOfSequence,
    createdAt: account.openedAt.toISOString(),
  }
}

export const showEntry = (entry: EntryView): Entry => ({
  transactionId: entry.transactionId,
  sequence: entry.sequence,
  index: entry.index,
  kind: entry.kind,
  direction: entry.direction,
  amount: entry.amount as Entry['amount'],
  balanceAfter: entry.balanceAfter as Entry['balanceAfter'],
  availableAfter: entry.availableAfter as Entry['availableAfter'],
  purpose: entry.purpose,
  time: entry.time.toISOString(),
})
