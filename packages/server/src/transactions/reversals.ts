import { claimOnce } from '@pisto/ledger'

/** What a transaction claims that undoes another: that is done once. */
export const REVERSAL = 'reversal'

export const claimReversal = claimOnce(REVERSAL, 'transaction_reversed')
