import type { AccountBalance, TrialBalance } from '@pisto/contract'
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
}

export function reports(http: Http): Reports {
  return {
    trialBalance: (query = {}, options) => http.send('getTrialBalance', { query }, options),
    trialBalanceAccounts: (query = {}, options) => http.list('listTrialBalanceAccounts', { query }, options),
  }
}
