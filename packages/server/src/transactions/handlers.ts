import { NotFound, type OPERATIONS, type Transaction } from '@pisto/contract'
import type { Ledger, TransactionView } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { momentOf } from '../platform/http/moment.ts'

export interface TransactionDeps {
  readonly ledger: Ledger
}

/** Transactions have no rules beyond the ledger's: handlers ask it. */
export const transactionHandlers = ({ ledger }: TransactionDeps): Handlers<(typeof OPERATIONS)['transactions']> => ({
  async listTransactions({ query }, { tenantId, livemode }) {
    const { limit = LIMIT_DEFAULT, after, from, to, ...filter } = query
    requireCursor(after, (cursor) => /^\d{1,15}$/.test(cursor))
    const { data, nextCursor } = await ledger.listTransactions(tenantId, {
      ...{ limit, after, ...filter },
      from: momentOf(from, 'from'),
      to: momentOf(to, 'to'),
    })
    return { data: data.map((transaction) => showTransaction(transaction, livemode)), nextCursor }
  },

  async getTransaction({ transactionId }, { tenantId, livemode }) {
    const transaction = await ledger.findTransaction(tenantId, transactionId)
    if (transaction === undefined) throw new NotFound('transaction_not_found', { id: transactionId })
    return showTransaction(transaction, livemode)
  },
})

const showTransaction = (transaction: TransactionView, livemode: boolean): Transaction => ({
  id: transaction.transactionId,
  livemode,
  sequence: transaction.sequence,
  purpose: transaction.purpose,
  references: transaction.references,
  transfers: transaction.transfers.map(({ kind, debit, credit, amount, holdId }) => ({
    kind,
    debitAccountId: debit,
    creditAccountId: credit,
    amount: amount as Transaction['transfers'][number]['amount'],
    holdId,
  })),
  time: transaction.time.toISOString(),
})
