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
  sparsePageQuery,
  strictObject,
  Timestamp,
  timeQuery,
} from './values.ts'

export const AccountPurpose = Type.Enum(
  ['merchantWallet', 'consumerWallet', 'settlement', 'feeIncome', 'rounding', 'suspense', 'exchange', 'sandboxFunding'],
  {
    description: 'Its place in the chart of accounts (docs/concepts/chart-of-accounts.md)',
  },
)
export type AccountPurpose = Static<typeof AccountPurpose>

export const AccountStatus = Type.Enum(['open', 'frozen', 'closed'])
export type AccountStatus = Static<typeof AccountStatus>

/** How a transfer changes the books: at once, as a hold, or by resolving one. */
export const TransferKind = Type.Enum(['posted', 'pending', 'postPending', 'voidPending'])
export const Side = Type.Enum(['debit', 'credit'])
/** What a transaction was for. */
export const TransactionPurpose = Type.String({ maxLength: 100, examples: ['payment.completed'] })

export const Account = strictObject(
  {
    id: idOf('acc'),
    livemode: Livemode,
    purpose: AccountPurpose,
    ownerId: nullable(Type.String({ description: 'The merchant or consumer whose money it holds' })),
    currency: Currency,
    normalSide: Side,
    status: AccountStatus,
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
    kind: TransferKind,
    direction: Side,
    amount: Money,
    balanceAfter: SignedMoney,
    availableAfter: SignedMoney,
    purpose: TransactionPurpose,
    time: Timestamp,
  },
  { title: 'Entry', description: 'One account’s side of a transfer, with the balances after it' },
)
export interface Entry extends Static<typeof Entry> {}

/** The institution's own accounts: those that are opened by hand. */
export const OpenAccount = strictObject({
  purpose: Type.Enum(['settlement', 'feeIncome', 'suspense', 'exchange', 'rounding'], {
    description: 'Its place in the chart of accounts (docs/concepts/chart-of-accounts.md)',
  }),
  currency: Currency,
})
export interface OpenAccount extends Static<typeof OpenAccount> {}

export const openAccount = operation({
  id: 'openAccount',
  method: 'POST',
  path: '/v1/accounts',
  summary: 'Open an account of the institution’s own',
  scope: 'accounts:write',
  idempotencyKey: 'accepted',
  body: OpenAccount,
  response: Account,
  status: 201,
  problems: [],
})

export const AccountPage = pageOf(Account, 'AccountPage')
export const EntryPage = pageOf(Entry, 'EntryPage')

export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  summary: 'List accounts, newest first',
  scope: 'accounts:read',
  person: { scope: 'self:read' },
  query: strictObject({
    ...pageQuery,
    purpose: Type.Optional(AccountPurpose),
    ownerId: Type.Optional(Type.String({ maxLength: 40 })),
    status: Type.Optional(AccountStatus),
  }),
  response: AccountPage,
  problems: [],
})

export const getAccount = operation({
  id: 'getAccount',
  method: 'GET',
  path: '/v1/accounts/{accountId}',
  summary: 'Get an account with its balances',
  scope: 'accounts:read',
  person: { scope: 'self:read', of: { accountId: 'owner' } },
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
  person: { scope: 'self:read', of: { accountId: 'owner' } },
  query: strictObject({
    ...sparsePageQuery,
    ...timeQuery,
    direction: Type.Optional(Side),
    kind: Type.Optional(TransferKind),
    purpose: Type.Optional(TransactionPurpose),
  }),
  response: EntryPage,
  problems: ['account_not_found'],
})

const FlowLimits = strictObject(
  {
    direction: Type.Enum(['in', 'out']),
    limit: Type.Enum(['single', 'day', 'month', 'balance']),
    allowed: Money,
    used: nullable(SignedMoney),
    remaining: Money,
    period: nullable(
      Type.String({ examples: ['2026-11-24', '2026-11'], description: 'Local day or month that `used` is of' }),
    ),
  },
  { title: 'Limit', description: '`single`: of one transfer; `day`, `month`: of the local calendar; `balance`: held' },
)

export const AccountLimits = strictObject(
  {
    accountId: idOf('acc'),
    livemode: Livemode,
    groups: Type.Array(
      strictObject(
        {
          id: idOf('lgr'),
          ownerId: nullable(Type.String()),
          policyVersion: Type.String(),
          limits: Type.Array(FlowLimits),
        },
        { title: 'LimitGroup', description: 'Limits are one person’s, over all its accounts' },
      ),
    ),
  },
  { title: 'AccountLimits' },
)
export interface AccountLimits extends Static<typeof AccountLimits> {}

export const getAccountLimits = operation({
  id: 'getAccountLimits',
  method: 'GET',
  path: '/v1/accounts/{accountId}/limits',
  summary: 'What may still come in and go out, today and this month',
  scope: 'accounts:read',
  person: { scope: 'self:read', of: { accountId: 'owner' } },
  response: AccountLimits,
  problems: ['account_not_found'],
})

const CHANGE = { method: 'POST', scope: 'accounts:write', idempotencyKey: 'accepted', response: Account } as const

export const freezeAccount = operation({
  ...CHANGE,
  id: 'freezeAccount',
  path: '/v1/accounts/{accountId}/freeze',
  summary: 'Let nothing new leave the account; it still takes money, and holds can be posted',
  problems: ['account_not_found', 'account_closed'],
})

export const unfreezeAccount = operation({
  ...CHANGE,
  id: 'unfreezeAccount',
  path: '/v1/accounts/{accountId}/unfreeze',
  summary: 'Let money leave the account again',
  problems: ['account_not_found', 'account_closed'],
})

export const closeAccount = operation({
  ...CHANGE,
  id: 'closeAccount',
  path: '/v1/accounts/{accountId}/close',
  summary: 'Close an empty account for good',
  problems: ['account_not_found', 'account_closed', 'account_not_empty'],
})
