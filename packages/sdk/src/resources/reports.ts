import type { AccountBalance, CreateReport, TrialBalance } from '@pisto/contract'
import type { Download } from '../http/download.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions } from '../options.ts'

export interface TrialBalanceMoment extends Query<'getTrialBalance'> {}
export interface AccountBalanceFilter extends Query<'listTrialBalanceAccounts'> {}

/** The books as a whole. */
export interface Reports {
  /** All accounts by currency and purpose, as of the newest sequence or of `asOf`. */
  trialBalance(moment?: TrialBalanceMoment, options?: CallOptions): Promise<TrialBalance>
  /** The same account by account, oldest first, all as of one sequence. */
  trialBalanceAccounts(filter?: AccountBalanceFilter, options?: CallOptions): List<AccountBalance>
  /**
   * All transactions of some local days as a file: CSV, or a journal for hledger or beancount.
   * @example
   * const journal = await pisto.reports.create({ format: 'hledger', from: '2026-11-01' })
   * for await (const piece of journal) write(piece)
   */
  create(report: CreateReport, options?: CallOptions): Promise<Download>
}

export function reports(http: Http): Reports {
  return {
    trialBalance: (query = {}, options) => http.send('getTrialBalance', { query }, options),
    trialBalanceAccounts: (query = {}, options) => http.list('listTrialBalanceAccounts', { query }, options),
    create: (body, options) => http.download('createReport', body.format, { body }, options),
  }
}
