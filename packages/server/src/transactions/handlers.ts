import { NotFound, type OPERATIONS } from '@pisto/contract'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { momentOf } from '../platform/http/moment.ts'
import { createExchange } from './exchange.ts'
import {
  createTransaction,
  postTransaction,
  requireTransaction,
  reverseTransaction,
  type TransactionDeps,
  voidTransaction,
} from './service.ts'
import { showTransactions } from './show.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const transactionHandlers = (deps: TransactionDeps): Handlers<(typeof OPERATIONS)['transactions']> => ({
  createTransaction: ({ body }, call) => createTransaction(deps, call, body),

  createExchange: ({ body }, call) => createExchange(deps, call, body),

  async listTransactions({ query }, { tenantId, livemode }) {
    const { limit = LIMIT_DEFAULT, after, from, to, ...filter } = query
    requireCursor(after, (cursor) => /^\d{1,15}$/.test(cursor))
    const { data, nextCursor } = await deps.ledger.listTransactions(tenantId, {
      ...{ limit, after, ...filter },
      from: momentOf(from, 'from'),
      to: momentOf(to, 'to'),
    })
    return { data: await showTransactions(deps.db, tenantId, data, { livemode, now: deps.clock.now() }), nextCursor }
  },

  async getTransaction({ transactionId }, { tenantId, livemode }) {
    const found = await requireTransaction(deps, tenantId, transactionId)
    const [shown] = await showTransactions(deps.db, tenantId, [found], { livemode, now: deps.clock.now() })
    if (shown === undefined) throw new NotFound('transaction_not_found', { id: transactionId })
    return shown
  },

  postTransaction: ({ transactionId, body = {} }, call) => postTransaction(deps, call, transactionId, body),
  voidTransaction: ({ transactionId, body = {} }, call) => voidTransaction(deps, call, transactionId, body),
  reverseTransaction: ({ transactionId, body = {} }, call) => reverseTransaction(deps, call, transactionId, body),
})
