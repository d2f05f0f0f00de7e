import { type Account, type Entry, NotFound, type OPERATIONS } from '@pisto/contract'
import { type AccountView, type EntryView, isTypeId, type Ledger } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { momentOf } from '../platform/http/moment.ts'

export interface AccountDeps {
  readonly ledger: Ledger
}

/** Accounts have no rules beyond the ledger's: handlers ask it. */
export const accountHandlers = ({ ledger }: AccountDeps): Handlers<(typeof OPERATIONS)['accounts']> => ({
  async listAccounts({ query: { limit = LIMIT_DEFAULT, after, ...filter } }, { tenantId, livemode }) {
    requireCursor(after, (cursor) => isTypeId(cursor, 'acc'))
    const { data, nextCursor } = await ledger.listAccounts(tenantId, { limit, after, ...filter })
    return { data: data.map((account) => showAccount(account, livemode)), nextCursor }
  },

  async getAccount({ accountId, query: { asOf } }, { tenantId, livemode }) {
    const account = await ledger.findAccount(tenantId, accountId, asOf)
    if (account === undefined) throw new NotFound('account_not_found', { id: accountId })
    return showAccount(account, livemode)
  },

  async listAccountEntries({ accountId, query }, { tenantId }) {
    const { limit = LIMIT_DEFAULT, after, from, to, ...filter } = query
    requireCursor(after, (cursor) => /^\d{1,15}\.\d{1,4}$/.test(cursor))
    const account = await ledger.findAccount(tenantId, accountId)
    if (account === undefined) throw new NotFound('account_not_found', { id: accountId })
    const { data, nextCursor } = await ledger.listEntries(tenantId, accountId, {
      ...{ limit, after, ...filter },
      from: momentOf(from, 'from'),
      to: momentOf(to, 'to'),
    })
    return { data: data.map(showEntry), nextCursor }
  },
})

function showAccount(account: AccountView, livemode: boolean): Account {
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

const showEntry = (entry: EntryView): Entry => ({
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
