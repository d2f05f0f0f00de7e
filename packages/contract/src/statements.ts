import { type Static, Type } from 'typebox'
import { AccountPurpose, Side, TransactionPurpose } from './accounts.ts'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Currency, Livemode, Money, nullable, SignedMoney, strictObject, Timestamp } from './values.ts'

/** A day of the tenant's own calendar. */
export const LocalDay = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'Day of the tenant’s calendar',
  examples: ['2026-11-01'],
})

/** A stretch of whole local days. */
export const dayQuery = {
  from: Type.Optional({ ...LocalDay, description: 'First local day. Default: the first of the month of `to`' }),
  to: Type.Optional({ ...LocalDay, description: 'Last local day. Default: today' }),
}

const EntryTotals = strictObject(
  { count: Type.Integer({ minimum: 0 }), amount: Money },
  { title: 'EntryTotals', description: 'How many entries, and what they add up to' },
)

export const StatementEntry = strictObject(
  {
    transactionId: idOf('txn'),
    sequence: Type.Integer({ minimum: 1 }),
    index: Type.Integer({ minimum: 0, description: 'Of the transfer within its transaction' }),
    date: LocalDay,
    time: Timestamp,
    direction: Side,
    amount: Money,
    balanceAfter: SignedMoney,
    purpose: TransactionPurpose,
    reference: nullable(Type.String({ description: 'What payer and payee call it: an invoice, a table' })),
    references: Type.Record(Type.String(), Type.String()),
    counterpartyAccountId: idOf('acc'),
  },
  { title: 'StatementEntry', description: 'Money that was moved; holds are not in a statement until they are posted' },
)
export interface StatementEntry extends Static<typeof StatementEntry> {}

export const StatementCheckpoint = strictObject(
  {
    origin: Type.String(),
    size: Type.Integer({ minimum: 1, description: 'Leaves in the tree: sequences up to it are proved by the root' }),
    rootHash: Type.String({ description: 'Base64' }),
  },
  { title: 'StatementCheckpoint', description: 'Signed head of the log: `GET /v1/log/checkpoint`' },
)

export const Statement = strictObject(
  {
    livemode: Livemode,
    institution: strictObject({ id: idOf('ten'), name: Type.String() }, { title: 'Institution' }),
    account: strictObject(
      {
        id: idOf('acc'),
        purpose: AccountPurpose,
        normalSide: Side,
        currency: Currency,
        ownerId: nullable(Type.String()),
        ownerName: nullable(Type.String()),
      },
      { title: 'StatementAccount' },
    ),
    from: LocalDay,
    to: LocalDay,
    timeZone: Type.String({ examples: ['America/Guatemala'] }),
    afterSequence: Type.Integer({ minimum: 0, description: 'The statement has what came after this sequence …' }),
    throughSequence: Type.Integer({ minimum: 0, description: '… up to this one' }),
    openingBalance: SignedMoney,
    closingBalance: SignedMoney,
    closingAvailable: SignedMoney,
    debits: EntryTotals,
    credits: EntryTotals,
    checkpoint: nullable(StatementCheckpoint),
    createdAt: Timestamp,
    entries: Type.Array(StatementEntry, { description: 'Oldest first' }),
  },
  {
    title: 'Statement',
    description:
      'An account over some days: opening balance, entries, closing balance; closingAvailable is the closing balance less what holds kept back',
  },
)
export interface Statement extends Static<typeof Statement> {}

export const STATEMENT_FORMATS = {
  json: 'application/json',
  csv: 'text/csv',
  pdf: 'application/pdf',
  camt053: 'application/xml',
} as const

export const getAccountStatement = operation({
  id: 'getAccountStatement',
  method: 'GET',
  path: '/v1/accounts/{accountId}/statement',
  summary: 'An account’s statement over local days, as JSON, CSV, PDF or ISO 20022 camt.053',
  scope: 'accounts:read',
  person: { scope: 'self:read', of: { accountId: 'owner' } },
  query: strictObject({
    ...dayQuery,
    format: Type.Optional(
      Type.Enum(['json', 'csv', 'pdf', 'camt053'], {
        description: 'Default `json`. CSV and PDF are in Spanish where `Accept-Language` prefers it',
      }),
    ),
  }),
  response: Statement,
  formats: STATEMENT_FORMATS,
  problems: ['account_not_found'],
})
