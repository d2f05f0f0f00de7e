import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import {
  Currency,
  Livemode,
  Money,
  nullable,
  pageOf,
  pageQuery,
  SignedMoney,
  strictObject,
  Timestamp,
} from './values.ts'

export const AccountPurpose = Type.Enum(['merchantWallet', 'consumerWallet', 'sandboxFunding'], {
  description: 'Its place in the chart of accounts (docs/concepts/chart-of-accounts.md)',
})
export type AccountPurpose = Static<typeof AccountPurpose>

export const Account = strictObject(
  {
    id: idOf('acc'),
    livemode: Livemode,
    purpose: AccountPurpose,
    ownerId: nullable(Type.String({ description: 'The merchant or consumer whose money it holds' })),
    currency: Currency,
    normalSide: Type.Enum(['debit', 'credit']),
    status: Type.Enum(['open', 'frozen', 'closed']),
    balances: strictObject(
      { posted: SignedMoney, pending: SignedMoney, available: SignedMoney },
      {
        title: 'Balances',
        description: 'posted: done; pending: posted plus all holds; available: posted less what holds keep back',
      },
    ),
    asOfSequence: Type.Integer({ description: 'Sequence of the newest entry that the balances contain; 0 for none' }),
    createdAt: Timestamp,
  },
  { title: 'Account' },
)
export interface Account extends Static<typeof Account> {}

export const Entry = strictObject(
  {
    transactionId: idOf('txn'),
    sequence: Type.Integer({ minimum: 1 }),
    index: Type.Integer({ minimum: 0, description: 'Of the transfer within its transaction' }),
    kind: Type.Enum(['posted', 'pending', 'postPending', 'voidPending']),
    direction: Type.Enum(['debit', 'credit']),
    amount: Money,
    balanceAfter: SignedMoney,
    availableAfter: SignedMoney,
    purpose: Type.String({ examples: ['payment.completed'] }),
    time: Timestamp,
  },
  { title: 'Entry', description: 'One account’s side of a transfer, with the balances after it' },
)
export interface Entry extends Static<typeof Entry> {}

export const AccountPage = pageOf(Account, 'AccountPage')
export const EntryPage = pageOf(Entry, 'EntryPage')

export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  summary: 'List accounts, newest first',
  scope: 'accounts:read',
  query: strictObject({ ...pageQuery, ownerId: Type.Optional(Type.String({ maxLength: 40 })) }),
  response: AccountPage,
  problems: [],
})

export const getAccount = operation({
  id: 'getAccount',
  method: 'GET',
  path: '/v1/accounts/{accountId}',
  summary: 'Get an account with its balances',
  scope: 'accounts:read',
  query: strictObject({
    asOf: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Balances after this sequence instead of the newest' }),
    ),
  }),
  response: Account,
  problems: ['account_not_found'],
})

export const listAccountEntries = operation({
  id: 'listAccountEntries',
  method: 'GET',
  path: '/v1/accounts/{accountId}/entries',
  summary: 'List an account’s entries, newest first, with running balances',
  scope: 'accounts:read',
  query: strictObject(pageQuery),
  response: EntryPage,
  problems: ['account_not_found'],
})
