import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Livemode, Money, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

export const Transfer = strictObject(
  {
    kind: Type.Enum(['posted', 'pending', 'postPending', 'voidPending']),
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
    purpose: Type.String(),
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
  query: strictObject(pageQuery),
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
