import type { Account, AccountLimits, Entry, OpenAccount, Statement } from '@pisto/contract'
import type { Download } from '../http/download.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { FileFormat, Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface AccountFilter extends Query<'listAccounts'> {}
export interface AccountMoment extends Query<'getAccount'> {}
export interface EntryFilter extends Query<'listAccountEntries'> {}
/** Local days, first and last. Default: this month until today. */
export interface StatementPeriod extends Omit<Query<'getAccountStatement'>, 'format'> {}
export type StatementFormat = FileFormat<'getAccountStatement'>

/** Where money is: balances, and the entries that made them. */
export interface Accounts {
  /** Opens an account of the institution’s own. */
  open(account: OpenAccount, options?: WriteOptions): Promise<Account>
  /** Newest first. */
  list(filter?: AccountFilter, options?: CallOptions): List<Account>
  /** With its balances: the newest, or those after the sequence `asOf`. */
  get(accountId: string, moment?: AccountMoment, options?: CallOptions): Promise<Account>
  /** What may still come in and go out, today and this month. */
  limits(accountId: string, options?: CallOptions): Promise<AccountLimits>
  /** Lets nothing new leave the account. */
  freeze(accountId: string, options?: WriteOptions): Promise<Account>
  unfreeze(accountId: string, options?: WriteOptions): Promise<Account>
  /** Closes an empty account for good. */
  close(accountId: string, options?: WriteOptions): Promise<Account>
  /** Newest first, with running balances. */
  entries(accountId: string, filter?: EntryFilter, options?: CallOptions): List<Entry>
  /** Opening balance, entries and closing balance of some local days; a file for those too long for memory. */
  statement(accountId: string, period?: StatementPeriod, options?: CallOptions): Promise<Statement>
  /**
   * The same as a file, however long.
   * @example
   * for await (const piece of await pisto.accounts.statementFile(accountId, 'csv')) write(piece)
   */
  statementFile(
    accountId: string,
    format: StatementFormat,
    period?: StatementPeriod,
    options?: CallOptions,
  ): Promise<Download>
}

export function accounts(http: Http): Accounts {
  return {
    open: (body, options) => http.send('openAccount', { body }, options),
    list: (query = {}, options) => http.list('listAccounts', { query }, options),
    get: (accountId, query = {}, options) => http.send('getAccount', { accountId, query }, options),
    limits: (accountId, options) => http.send('getAccountLimits', { accountId }, options),
    freeze: (accountId, options) => http.send('freezeAccount', { accountId }, options),
    unfreeze: (accountId, options) => http.send('unfreezeAccount', { accountId }, options),
    close: (accountId, options) => http.send('closeAccount', { accountId }, options),
    entries: (accountId, query = {}, options) => http.list('listAccountEntries', { accountId, query }, options),
    statement: (accountId, query = {}, options) => http.send('getAccountStatement', { accountId, query }, options),
    statementFile: (accountId, format, period = {}, options) =>
      http.download('getAccountStatement', format, { accountId, query: { ...period, format } }, options),
  }
}
