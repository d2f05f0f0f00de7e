import type { CompanionRow } from './companion.ts'
import type { Queryable } from './database/database.ts'
import type { Limits } from './limits/limits.ts'

/** `debit` accounts are the institution's (cash, settlement), `credit` accounts its customers' money. */
export type Side = 'debit' | 'credit'
export type TransferKind = 'posted' | 'pending' | 'postPending' | 'voidPending'

/** The wire's form: a decimal string with exactly the currency's digits. */
export interface Amount {
  readonly amount: string
  readonly currency: string
}

/** Who asks for what: the identity of a decision. */
export interface LedgerRequest {
  /** `ten_…` */
  readonly tenantId: string
  readonly clientId: string
  readonly operation: string
  /** The caller's idempotency key; undefined: never replayed. */
  readonly key: string | undefined
  /** Hash of everything that the request says besides its key. */
  readonly bodyHash: Uint8Array
}

/** Opens an account in this transaction; its transfers may use it at once. */
export interface AccountPlan {
  /** `acc_…` */
  readonly accountId: string
  /** Place in the chart of accounts: `merchantWallet`, … */
  readonly purpose: string
  /** Id of whoever's money it holds; null: the tenant's own. */
  readonly ownerId: string | null
  readonly currency: string
  readonly normalSide: Side
  /** Refuse what would make the available balance negative. */
  readonly noOverdraft: boolean
  /** `lgr_…` of the groups whose limits its transfers count against: a person's, and one of its own if it has any. */
  readonly limitGroupIds?: readonly string[]
}

/** Opens a limit group, or sets other limits for one that exists: its counters go on. */
export interface LimitGroupPlan {
  /** `lgr_…` */
  readonly groupId: string
  /** Id of whoever is limited. */
  readonly ownerId: string | null
  readonly currency: string
  /** Version of the rules that the limits come from. */
  readonly policyVersion: string
  readonly limits: Limits
  /**
   * `lgr_…` of another group whose accounts count here from now on, with all that they have counted and hold: two groups
   * turned out to be one person. It stays so, and either id names both.
   */
  readonly absorbs?: string | undefined
}

/** `frozen`: no new debits of a customer's money; holds can still be posted. `closed`: nothing any more, for good. */
export type AccountStatus = 'open' | 'frozen' | 'closed'

export interface AccountChange {
  readonly accountId: string
  readonly status: AccountStatus
}

export type TransferPlan =
  | {
      readonly kind: 'posted'
      readonly debit: string
      readonly credit: string
      readonly amount: Amount
      /** Is refused by no limit of day, month, balance or single amount, and uses none up: refunds, reversals. */
      readonly uncounted?: boolean
    }
  | {
      readonly kind: 'pending'
      /** `hld_…`, made by the caller */
      readonly holdId: string
      readonly debit: string
      readonly credit: string
      readonly amount: Amount
      /** The hold is expired when ledger time ≥ this. */
      readonly expiresAt: Date
      /** As for `posted`. */
      readonly uncounted?: boolean
    }
  /** Whole, or a part: a part releases the rest. */
  | { readonly kind: 'postPending'; readonly holdId: string; readonly amount?: Amount }
  | { readonly kind: 'voidPending'; readonly holdId: string }

/** What is told to the world: thin. */
export interface EventPlan {
  readonly type: string
  readonly objectId: string
  readonly status: string
}

/** Where a transaction stands in history. */
export interface Posted {
  readonly transactionId: string
  /** 0 when the decision moved nothing and told nobody. */
  readonly sequence: number
  readonly ledgerTime: Date
}

/** What a request wants to happen, wholly or not at all. */
export interface Plan<Answer> {
  /** What it is for; with `events` and `transfers` empty the plan takes no sequence. */
  readonly purpose: string
  /** Ids by name; part of the leaf, so never anything personal. */
  readonly references?: Readonly<Record<string, string>>
  /** Set first, then accounts are opened and changed, then money moves. */
  readonly limitGroups?: readonly LimitGroupPlan[]
  readonly accounts?: readonly AccountPlan[]
  readonly changes?: readonly AccountChange[]
  readonly transfers?: readonly TransferPlan[]
  readonly events?: readonly EventPlan[]
  /** Base64 HMACs of records kept outside the log (`@pisto/proof`'s `commitment`). */
  readonly commitments?: readonly string[]
  readonly companions?: readonly CompanionRow[]
  /** JSON that is stored under the key and given again to every repetition. */
  readonly answer: Answer | ((posted: Posted) => Answer)
}

/** What a plan may read by, and the batch's time. */
export interface PlanContext {
  readonly ledgerTime: Date
  /** `txn_…` that the transaction gets if the plan happens. */
  readonly transactionId: string
  /** Reads go through this, never through a connection of one's own: after a collision it holds the tenant's lock. */
  readonly reader: Queryable
}

/** Why a rule or status refuses. Stored under the key and replayed, like an answer. */
export interface Refusal {
  readonly code: string
  readonly facts: Readonly<Record<string, string>>
  /** Further JSON for the caller. */
  readonly details?: unknown
}

/** Thrown inside a plan: the decision is "no", is stored, and takes a batch number but no sequence. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(code: string, facts: Readonly<Record<string, string>> = {}, details?: unknown) {
    super(code)
    this.refusal = details === undefined ? { code, facts } : { code, facts, details }
  }
}

export type Decided<Answer> = { readonly replayed: boolean } & (
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly refusal: Refusal }
)

/** The key was used with another request. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused'
}

/** The queue is full: nothing was decided, the same request may be sent again. */
export class LedgerOverloaded extends Error {
  override readonly name = 'LedgerOverloaded'
}

/** This process's clock is more than 30 s behind the ledger: it does not write. */
export class ClockBehind extends Error {
  override readonly name = 'ClockBehind'
}
