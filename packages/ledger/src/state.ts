import type { AccountStatus, Side } from './model.ts'

/** An account as its newest entry leaves it. Sums in minor units. Never changed in place. */
export interface AccountState {
  readonly accountId: string
  readonly currency: string
  readonly normalSide: Side
  readonly noOverdraft: boolean
  readonly status: AccountStatus
  readonly limitGroupIds: readonly string[]
  readonly debitsPosted: bigint
  readonly creditsPosted: bigint
  readonly debitsPending: bigint
  readonly creditsPending: bigint
}

export interface HoldState {
  readonly holdId: string
  readonly debit: string
  readonly credit: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly expiresAt: Date
  readonly status: 'pending' | 'posted' | 'voided'
  /** The local day whose limits it counts against; null: none. */
  readonly countedDay: string | null
}

/** The newest batch row: what every cached state is as of. */
export interface Head {
  readonly batchNumber: bigint
  readonly lastSequence: number
  readonly ledgerTime: Date
  /** `Frontier.encode()` of the Merkle tree. */
  readonly frontier: Uint8Array
}

export type Sums = Pick<
  AccountState,
  'normalSide' | 'debitsPosted' | 'creditsPosted' | 'debitsPending' | 'creditsPending'
>

/** What is done, positive on the normal side. */
export function postedBalance(sums: Sums): bigint {
  const net = sums.creditsPosted - sums.debitsPosted
  return sums.normalSide === 'credit' ? net : -net
}

/** What would be done if every hold were posted. */
export function pendingBalance(sums: Sums): bigint {
  const net = sums.creditsPosted + sums.creditsPending - sums.debitsPosted - sums.debitsPending
  return sums.normalSide === 'credit' ? net : -net
}

/** What can be spent: holds on their way out keep back, holds on their way in do not yet count. */
export function availableBalance(sums: Sums): bigint {
  const heldBack = sums.normalSide === 'credit' ? sums.debitsPending : sums.creditsPending
  return postedBalance(sums) - heldBack
}
