import type { Transaction } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions } from '../options.ts'

export interface TransactionFilter extends Query<'listTransactions'> {}

/** What happened in the books: transfers that were made together. */
export interface Transactions {
  /** Newest first. */
  list(filter?: TransactionFilter, options?: CallOptions): List<Transaction>
  get(transactionId: string, options?: CallOptions): Promise<Transaction>
}

export function transactions(http: Http): Transactions {
  return {
    list: (query = {}, options) => http.list('listTransactions', { query }, options),
    get: (transactionId, options) => http.send('getTransaction', { transactionId }, options),
  }
}
