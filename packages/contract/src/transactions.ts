import { type Static, Type } from 'typebox'
import { TransactionPurpose, TransferKind } from './accounts.ts'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, Money, nullable, pageOf, sparsePageQuery, strictObject, Timestamp, timeQuery } from './values.ts'

export const Transfer = strictObject(
  {
    kind: TransferKind,
    debitAccountId: idOf('acc'),
    creditAccountId: idOf('acc'),
    amount: Money,
    holdId: nullable(idOf('hld')),
  },
  { title: 'Transfer', description: 'Moves an amount from the debit account to the credit account' },
)

export const Transaction = strictObject(
  {
    id: idOf('txn'),
    livemode: Livemode,
    sequence: Type.Integer({ minimum: 1, description: 'Gap-free per tenant: the order of history' }),
    purpose: TransactionPurpose,
    references: Type.Record(Type.String(), Type.String()),
    transfers: Type.Array(Transfer),
    time: Timestamp,
  },
  { title: 'Transaction', description: 'Transfers that happened together, and what they were for' },
)
export interface Transaction extends Static<typeof Transaction> {}

export const TransactionPage = pageOf(Transaction, 'TransactionPage')

export const listTransactions = operation({
  id: 'listTransactions',
  method: 'GET',
  path: '/v1/transactions',
  summary: 'List transactions, newest first',
  scope: 'transactions:read',
  query: strictObject({
    ...sparsePageQuery,
    ...timeQuery,
    fromSequence: Type.Optional(Type.Integer({ minimum: 1, description: 'Only from this sequence on' })),
    toSequence: Type.Optional(Type.Integer({ minimum: 1, description: 'Only up to this sequence' })),
    accountId: Type.Optional(Type.String({ maxLength: 40, description: 'Only those with a transfer of this account' })),
    purpose: Type.Optional(TransactionPurpose),
    reference: Type.Optional(
      Type.String({ maxLength: 100, description: 'Only those that refer to this id: a payment, a merchant, …' }),
    ),
  }),
  response: TransactionPage,
  problems: [],
})

export const getTransaction = operation({
  id: 'getTransaction',
  method: 'GET',
  path: '/v1/transactions/{transactionId}',
  summary: 'Get a transaction',
  scope: 'transactions:read',
  response: Transaction,
  problems: ['transaction_not_found'],
})
