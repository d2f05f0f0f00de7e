import { type Static, Type } from 'typebox'
import { AccountPurpose, Side } from './accounts.ts'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { LocalDay } from './statements.ts'
import { Currency, Livemode, Money, nullable, pageOf, pageQuery, strictObject } from './values.ts'

/**
 * `debits`, `credits`: everything ever posted on that side. `debitBalance`, `creditBalance`: what that side has more,
 * account by account.
 */
const SUMS = { debits: Money, credits: Money, debitBalance: Money, creditBalance: Money }

const AsOfSequence = Type.Integer({ minimum: 0, description: 'What the books say after this sequence' })

export const TrialBalance = strictObject(
  {
    livemode: Livemode,
    asOfSequence: AsOfSequence,
    totals: Type.Array(
      strictObject(
        { currency: Currency, ...SUMS, isBalanced: Type.Boolean() },
        { title: 'TrialBalanceTotal', description: 'Debits equal credits, and debit balances credit balances' },
      ),
    ),
    lines: Type.Array(
      strictObject(
        {
          purpose: AccountPurpose,
          normalSide: Side,
          currency: Currency,
          accountCount: Type.Integer({ minimum: 0 }),
          ...SUMS,
        },
        {
          title: 'TrialBalanceLine',
          description:
            'debits, credits: everything ever posted on that side; debitBalance, creditBalance: what that side has more, account by account',
        },
      ),
    ),
  },
  { title: 'TrialBalance', description: 'All accounts by currency and purpose, at one moment of history' },
)
export interface TrialBalance extends Static<typeof TrialBalance> {}

export const AccountBalance = strictObject(
  {
    accountId: idOf('acc'),
    purpose: AccountPurpose,
    ownerId: nullable(Type.String()),
    normalSide: Side,
    currency: Currency,
    ...SUMS,
  },
  { title: 'AccountBalance', description: 'An account’s line of the trial balance' },
)
export interface AccountBalance extends Static<typeof AccountBalance> {}

export const AccountBalancePage = pageOf(AccountBalance, 'AccountBalancePage')

const asOf = Type.Optional({ ...AsOfSequence, description: 'A sequence. Default: the newest' })

export const getTrialBalance = operation({
  id: 'getTrialBalance',
  method: 'GET',
  path: '/v1/trial-balance',
  summary: 'The trial balance by purpose, as of any sequence',
  scope: 'reports:read',
  query: strictObject({ asOf }),
  response: TrialBalance,
  problems: [],
})

export const listTrialBalanceAccounts = operation({
  id: 'listTrialBalanceAccounts',
  method: 'GET',
  path: '/v1/trial-balance/accounts',
  summary: 'The trial balance account by account, oldest first; every page is as of the first page’s sequence',
  scope: 'reports:read',
  query: strictObject({ ...pageQuery, asOf }),
  response: AccountBalancePage,
  problems: [],
})

export const REPORT_FORMATS = { csv: 'text/csv', hledger: 'text/plain', beancount: 'text/plain' } as const

export const CreateReport = strictObject(
  {
    format: Type.Enum(['csv', 'hledger', 'beancount']),
    from: Type.Optional({ ...LocalDay, description: 'First local day. Default: the beginning' }),
    to: Type.Optional({ ...LocalDay, description: 'Last local day. Default: today' }),
  },
  { title: 'CreateReport' },
)
export interface CreateReport extends Static<typeof CreateReport> {}

export const createReport = operation({
  id: 'createReport',
  method: 'POST',
  path: '/v1/reports',
  summary: 'All the tenant’s transactions over some days as CSV, or as a journal for hledger or beancount',
  scope: 'reports:read',
  body: CreateReport,
  response: Type.String(),
  formats: REPORT_FORMATS,
  problems: [],
})
