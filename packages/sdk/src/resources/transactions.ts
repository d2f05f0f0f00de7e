import type {
  CreateExchange,
  CreateTransaction,
  PostTransaction,
  ReverseTransaction,
  Transaction,
  VoidTransaction,
} from '@pisto/contract'
import { dryRunOf } from '../http/dry-run.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, MoneyOptions } from '../options.ts'

export interface TransactionFilter extends Query<'listTransactions'> {}

/** What happened in the books: transfers that were made together. */
export interface Transactions {
  /** Moves or holds money between accounts: all transfers, or none. */
  create(transaction: CreateTransaction, options?: MoneyOptions): Promise<Transaction>
  /** Exchanges currency through the institution’s exchange accounts. */
  exchange(exchange: CreateExchange, options?: MoneyOptions): Promise<Transaction>
  /** Newest first. */
  list(filter?: TransactionFilter, options?: CallOptions): List<Transaction>
  get(transactionId: string, options?: CallOptions): Promise<Transaction>
  /** Posts its holds: all whole, or one in part, which releases the rest. Answers with the transaction that does it. */
  post(transactionId: string, part?: PostTransaction, options?: MoneyOptions): Promise<Transaction>
  /** Voids its holds, all or one. */
  void(transactionId: string, which?: VoidTransaction, options?: MoneyOptions): Promise<Transaction>
  /** Undoes it by another transaction, once. */
  reverse(transactionId: string, why?: ReverseTransaction, options?: MoneyOptions): Promise<Transaction>
}

export function transactions(http: Http): Transactions {
  return {
    create: (body, options) => http.send('createTransaction', { body, query: dryRunOf(options) }, options),
    exchange: (body, options) => http.send('createExchange', { body, query: dryRunOf(options) }, options),
    list: (query = {}, options) => http.list('listTransactions', { query }, options),
    get: (transactionId, options) => http.send('getTransaction', { transactionId }, options),
    post: (transactionId, body = {}, options) =>
      http.send('postTransaction', { transactionId, body, query: dryRunOf(options) }, options),
    void: (transactionId, body = {}, options) =>
      http.send('voidTransaction', { transactionId, body, query: dryRunOf(options) }, options),
    reverse: (transactionId, body = {}, options) =>
      http.send('reverseTransaction', { transactionId, body, query: dryRunOf(options) }, options),
  }
}
