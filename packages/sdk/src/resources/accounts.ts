import type { Account, Entry } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions } from '../options.ts'

export interface AccountFilter extends Query<'listAccounts'> {}
export interface AccountMoment extends Query<'getAccount'> {}
export interface EntryFilter extends Query<'listAccountEntries'> {}

/** Where money is: balances, and the entries that made them. */
export interface Accounts {
  /** Newest first. */
  list(filter?: AccountFilter, options?: CallOptions): List<Account>
  /** With its balances: the newest, or those after the sequence `asOf`. */
  get(accountId: string, moment?: AccountMoment, options?: CallOptions): Promise<Account>
  /** Newest first, with running balances. */
  entries(accountId: string, filter?: EntryFilter, options?: CallOptions): List<Entry>
}

export function accounts(http: Http): Accounts {
  return {
    list: (query = {}, options) => http.list('listAccounts', { query }, options),
    get: (accountId, query = {}, options) => http.send('getAccount', { accountId, query }, options),
    entries: (accountId, query = {}, options) => http.list('listAccountEntries', { accountId, query }, options),
  }
}
