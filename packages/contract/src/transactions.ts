import { type Static, Type } from 'typebox'
import { TransactionPurpose, TransferKind } from './accounts.ts'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import {
  dryRunQuery,
  Livemode,
  Metadata,
  Money,
  nullable,
  PositiveMoney,
  pageOf,
  sparsePageQuery,
  strictObject,
  Timestamp,
  text,
  timeQuery,
} from './values.ts'

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

export const Hold = strictObject(
  {
    id: idOf('hld'),
    amount: Money,
    status: Type.Enum(['pending', 'posted', 'voided', 'expired']),
    postedAmount: nullable(Money),
    expiresAt: Timestamp,
  },
  { title: 'Hold', description: 'Money that is kept for a payee until it is posted, voided or expires' },
)

export const Transaction = strictObject(
  {
    id: idOf('txn'),
    livemode: Livemode,
    sequence: Type.Integer({ minimum: 1, description: 'Gap-free per tenant: the order of history' }),
    purpose: TransactionPurpose,
    references: Type.Record(Type.String(), Type.String()),
    transfers: Type.Array(Transfer),
    holds: Type.Array(Hold, { description: 'Those that this transaction made, as they are now' }),
    reversedBy: nullable(idOf('txn')),
    reference: nullable(Type.String({ description: 'What you wrote when you made it' })),
    metadata: Metadata,
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

export const CreateTransaction = strictObject({
  purpose: Type.Optional(
    Type.String({
      pattern: '^[a-z][A-Za-z0-9]{0,39}$',
      description: 'One word of your own; the books have it as `transaction.WORD`. Default `created`',
      examples: ['salary'],
    }),
  ),
  transfers: Type.Array(
    strictObject(
      {
        debitAccountId: idOf('acc'),
        creditAccountId: idOf('acc'),
        amount: PositiveMoney,
        hold: Type.Optional(
          strictObject(
            { expiresInSeconds: Type.Integer({ minimum: 1, maximum: 31_536_000 }) },
            { description: 'Keeps the money instead of moving it, until it is posted or voided, or expires' },
          ),
        ),
      },
      { title: 'NewTransfer' },
    ),
    { minItems: 1, maxItems: 100, description: 'Happen together or not at all, one after another' },
  ),
  reference: Type.Optional(text(140)),
  metadata: Type.Optional(Metadata),
})
export interface CreateTransaction extends Static<typeof CreateTransaction> {}

const WRITE = {
  method: 'POST',
  scope: 'transactions:write',
  idempotencyKey: 'required',
  query: dryRunQuery,
  response: Transaction,
  status: 201,
} as const

const TRANSFER_PROBLEMS = [
  'idempotency_key_required',
  'account_not_found',
  'account_closed',
  'account_frozen',
  'currency_mismatch',
  'same_account',
  'amount_too_large',
  'limit_exceeded',
  'receiving_limit_exceeded',
  'insufficient_funds',
] as const

export const createTransaction = operation({
  ...WRITE,
  id: 'createTransaction',
  path: '/v1/transactions',
  summary: 'Move or hold money between accounts of the books',
  body: CreateTransaction,
  problems: TRANSFER_PROBLEMS,
})

export const PostTransaction = strictObject({
  holdId: Type.Optional(idOf('hld')),
  amount: Type.Optional(PositiveMoney),
})
export interface PostTransaction extends Static<typeof PostTransaction> {}

export const postTransaction = operation({
  ...WRITE,
  id: 'postTransaction',
  path: '/v1/transactions/{transactionId}/post',
  summary: 'Post the holds of a transaction: all of them, or one of them whole or in part; a part releases the rest',
  body: PostTransaction,
  problems: [
    'idempotency_key_required',
    'transaction_not_found',
    'hold_not_found',
    'hold_resolved',
    'hold_expired',
    'hold_exceeded',
    'currency_mismatch',
  ],
})

export const VoidTransaction = strictObject({ holdId: Type.Optional(idOf('hld')) })
export interface VoidTransaction extends Static<typeof VoidTransaction> {}

export const voidTransaction = operation({
  ...WRITE,
  id: 'voidTransaction',
  path: '/v1/transactions/{transactionId}/void',
  summary: 'Void the holds of a transaction: all that are pending, or one of them',
  body: VoidTransaction,
  problems: ['idempotency_key_required', 'transaction_not_found', 'hold_not_found', 'hold_resolved'],
})

export const ReverseTransaction = strictObject({ reason: Type.Optional(text(140)) })
export interface ReverseTransaction extends Static<typeof ReverseTransaction> {}

export const reverseTransaction = operation({
  ...WRITE,
  id: 'reverseTransaction',
  path: '/v1/transactions/{transactionId}/reverse',
  summary: 'Undo a transaction by another one, once: what was posted goes back, what is held is voided',
  body: ReverseTransaction,
  problems: [
    'idempotency_key_required',
    'transaction_not_found',
    'transaction_not_reversible',
    'transaction_reversed',
    'account_closed',
    'account_frozen',
    'insufficient_funds',
  ],
})

export const CreateExchange = strictObject({
  debitAccountId: idOf('acc'),
  creditAccountId: idOf('acc'),
  amount: PositiveMoney,
  rate: Type.String({
    maxLength: 22,
    pattern: '^(?!0(\\.0+)?$)(0|[1-9]\\d{0,8})(\\.\\d{1,12})?$',
    description:
      'Units of the other currency for one of the amount’s; decimal, at most 9 digits before and 12 after the point',
    examples: ['0.128205'],
  }),
})
export interface CreateExchange extends Static<typeof CreateExchange> {}

export const createExchange = operation({
  ...WRITE,
  id: 'createExchange',
  path: '/v1/exchanges',
  summary: 'Exchange currency through the institution’s exchange accounts; what is left of a rounding is booked',
  body: CreateExchange,
  problems: [...TRANSFER_PROBLEMS, 'exchange_account_missing', 'exchange_too_small'],
})
