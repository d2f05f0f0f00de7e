import type { Currency } from '@pisto/money/currencies'
import { formatMinor, MAX_MINOR, parseMinor } from '@pisto/money/text'
import type { LeafAccount, LeafAccountChange, LeafLimitGroup, LeafTransfer } from './leaf.ts'
import { LimitCounter, type LimitGroupView } from './limits/limit-counter.ts'
import type { LimitGroupState } from './limits/limit-group.ts'
import type {
  AccountChange,
  AccountPlan,
  Amount,
  LimitGroupPlan,
  Plan,
  Refusal,
  Side,
  TransferKind,
  TransferPlan,
} from './model.ts'
import { Refused } from './model.ts'
import { type AccountState, availableBalance, type HoldState, postedBalance } from './state.ts'

/** States at the head that a batch builds on, with what the batch has decided so far on top. */
export interface StateView extends LimitGroupView {
  account(accountId: string): AccountState | undefined
  hold(holdId: string): HoldState | undefined
}

/** One account's side of a transfer, with the account as it is after it. */
interface EntryDraft {
  readonly accountId: string
  readonly position: number
  readonly kind: TransferKind
  readonly side: Side
  readonly amountMinor: bigint
  readonly after: AccountState
}

/** What a transaction does to the books. */
export interface Effects {
  readonly entries: readonly EntryDraft[]
  readonly accounts: ReadonlyMap<string, AccountState>
  readonly holds: ReadonlyMap<string, HoldState>
  readonly limitGroups: ReadonlyMap<string, LimitGroupState>
  readonly transfers: readonly LeafTransfer[]
  readonly opened: readonly LeafAccount[]
  readonly changed: readonly LeafAccountChange[]
  readonly limitsSet: readonly LeafLimitGroup[]
  /** Minor units posted of each hold that was resolved here; 0 for a void. */
  readonly resolved: ReadonlyMap<string, bigint>
}

/** A batch's time. */
export interface BatchTime {
  /** Holds that expire at it or before can no longer be posted. */
  readonly ledgerTime: Date
  /** Its local day: what limits count. */
  readonly day: string
}

/**
 * Decides a plan on states, exactly and without effect: transfers one after another, each on what those before it
 * leave; one that is refused refuses the whole. Limits are asked before the balance.
 */
export function decideEffects(
  view: StateView,
  plan: Plan<unknown>,
  time: BatchTime,
): { readonly ok: true; readonly effects: Effects } | { readonly ok: false; readonly refusal: Refusal } {
  const draft = new Draft(view, time)
  try {
    for (const group of plan.limitGroups ?? []) draft.limit(group)
    for (const account of plan.accounts ?? []) draft.open(account)
    for (const change of plan.changes ?? []) draft.change(change)
    for (const transfer of plan.transfers ?? []) draft.transfer(transfer)
    return { ok: true, effects: draft }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

const EMPTY = { status: 'open', debitsPosted: 0n, creditsPosted: 0n, debitsPending: 0n, creditsPending: 0n } as const

/** How a transfer changes the sums of its two accounts: posted, and pending. */
interface Change {
  readonly kind: TransferKind
  readonly posted: bigint
  readonly pending: bigint
}

/** Most transactions have no holds, and make no map for them. */
const NO_HOLDS: ReadonlyMap<string, HoldState> = new Map()
const NOTHING_RESOLVED: ReadonlyMap<string, bigint> = new Map()

class Draft implements Effects {
  readonly #view: StateView
  readonly #time: BatchTime
  readonly #limits: LimitCounter
  readonly entries: EntryDraft[] = []
  readonly accounts = new Map<string, AccountState>()
  readonly transfers: LeafTransfer[] = []
  readonly opened: LeafAccount[] = []
  readonly changed: LeafAccountChange[] = []
  readonly limitsSet: LeafLimitGroup[] = []
  #holds: Map<string, HoldState> | undefined
  #resolved: Map<string, bigint> | undefined

  constructor(view: StateView, time: BatchTime) {
    this.#view = view
    this.#time = time
    this.#limits = new LimitCounter(view, time.day)
  }

  get holds(): ReadonlyMap<string, HoldState> {
    return this.#holds ?? NO_HOLDS
  }

  get resolved(): ReadonlyMap<string, bigint> {
    return this.#resolved ?? NOTHING_RESOLVED
  }

  get limitGroups(): ReadonlyMap<string, LimitGroupState> {
    return this.#limits.groups
  }

  limit(plan: LimitGroupPlan): void {
    const { groupId: id, absorbed } = this.#limits.set(plan)
    const { currency, policyVersion, limits } = plan
    this.limitsSet.push({ ...(absorbed !== undefined && { absorbs: absorbed }), currency, id, limits, policyVersion })
  }

  open({ accountId, purpose, currency, normalSide, noOverdraft, limitGroupIds = [] }: AccountPlan): void {
    if (this.#find(accountId)) throw new Refused('account_exists', { accountId })
    this.#limits.requireFor({ currency }, limitGroupIds)
    this.accounts.set(accountId, { accountId, currency, normalSide, noOverdraft, limitGroupIds, ...EMPTY })
    const limited = limitGroupIds.length > 0 && { limitGroups: limitGroupIds }
    this.opened.push({ currency, id: accountId, ...limited, noOverdraft, normalSide, purpose })
  }

  change({ accountId, status }: AccountChange): void {
    const account = this.#account(accountId)
    if (account.status === 'closed') throw new Refused('account_closed', { accountId })
    if (status === 'closed') refuseUnlessEmpty(account)
    this.accounts.set(accountId, { ...account, status })
    this.changed.push({ id: accountId, status })
  }

  transfer(plan: TransferPlan): void {
    if (plan.kind === 'postPending') this.#post(plan.holdId, plan.amount)
    else if (plan.kind === 'voidPending') this.#void(plan.holdId)
    else this.#transfer(plan)
  }

  #transfer(plan: TransferPlan & { kind: 'posted' | 'pending' }): void {
    const { kind, debit, credit, uncounted = false } = plan
    const amountMinor = positive(plan.amount)
    if (debit === credit) throw new Refused('same_account', { accountId: debit })
    const isHold = kind === 'pending'
    const parties = { debit: this.#usable(debit, 'debit', plan), credit: this.#usable(credit, 'credit', plan) }
    this.#limits.move(parties, amountMinor, { isHold, uncounted })
    this.#move(debit, credit, amountMinor, {
      kind,
      posted: isHold ? 0n : amountMinor,
      pending: isHold ? amountMinor : 0n,
    })
    if (plan.kind === 'pending') this.#hold(plan, amountMinor)
    const { amount, currency } = plan.amount
    this.transfers.push({
      amount,
      credit,
      currency,
      debit,
      ...(plan.kind === 'pending' && { expiresAt: plan.expiresAt.toISOString(), hold: plan.holdId }),
      kind,
      ...(uncounted && { uncounted }),
    })
  }

  #hold(plan: TransferPlan & { kind: 'pending' }, amountMinor: bigint): void {
    const { holdId, debit, credit, expiresAt } = plan
    if (this.holds.has(holdId) || this.#view.hold(holdId)) throw new Refused('hold_exists', { holdId })
    if (this.#time.ledgerTime >= expiresAt) throw new Refused('hold_expired', { holdId })
    const { currency } = plan.amount
    const countedDay = plan.uncounted ? null : this.#time.day
    this.#keep({ holdId, debit, credit, amountMinor, currency, expiresAt, status: 'pending', countedDay })
  }

  #post(holdId: string, part: Amount | undefined): void {
    const hold = this.#pendingHold(holdId)
    if (this.#time.ledgerTime >= hold.expiresAt) throw new Refused('hold_expired', { holdId })
    if (part && part.currency !== hold.currency) throw new Refused('currency_mismatch', { currency: hold.currency })
    const amountMinor = part ? positive(part) : hold.amountMinor
    if (amountMinor > hold.amountMinor) {
      throw new Refused('hold_exceeded', { holdId, held: formatMinor(hold.amountMinor, hold.currency as Currency) })
    }
    this.#resolve(hold, 'posted', amountMinor, { kind: 'postPending', posted: amountMinor, pending: -hold.amountMinor })
  }

  #void(holdId: string): void {
    const hold = this.#pendingHold(holdId)
    this.#resolve(hold, 'voided', hold.amountMinor, { kind: 'voidPending', posted: 0n, pending: -hold.amountMinor })
  }

  #resolve(hold: HoldState, status: 'posted' | 'voided', amountMinor: bigint, change: Change): void {
    const { holdId, debit, credit, currency } = hold
    this.#limits.resolve({ debit: this.#account(debit), credit: this.#account(credit) }, hold, change.posted)
    this.#move(debit, credit, amountMinor, change)
    this.#keep({ ...hold, status })
    this.#resolved ??= new Map()
    this.#resolved.set(holdId, change.posted)
    const amount = formatMinor(amountMinor, currency as Currency)
    this.transfers.push({ amount, credit, currency, debit, hold: holdId, kind: change.kind })
  }

  #keep(hold: HoldState): void {
    this.#holds ??= new Map()
    this.#holds.set(hold.holdId, hold)
  }

  #move(debit: string, credit: string, amountMinor: bigint, { kind, posted, pending }: Change): void {
    const position = this.transfers.length
    const from = this.#account(debit)
    const to = this.#account(credit)
    this.#enter({ accountId: debit, position, kind, side: 'debit', amountMinor }, from, {
      ...from,
      debitsPosted: from.debitsPosted + posted,
      debitsPending: from.debitsPending + pending,
    })
    this.#enter({ accountId: credit, position, kind, side: 'credit', amountMinor }, to, {
      ...to,
      creditsPosted: to.creditsPosted + posted,
      creditsPending: to.creditsPending + pending,
    })
  }

  #enter(entry: Omit<EntryDraft, 'after'>, before: AccountState, after: AccountState): void {
    const { accountId, position, kind, side, amountMinor } = entry
    if (after.noOverdraft) refuseOverdraft(before, after)
    const { debitsPosted, creditsPosted, debitsPending, creditsPending } = after
    if (larger(larger(debitsPosted, creditsPosted), larger(debitsPending, creditsPending)) > MAX_MINOR) {
      throw new Refused('amount_too_large', { accountId })
    }
    if (debitsPosted < 0n || creditsPosted < 0n || debitsPending < 0n || creditsPending < 0n) {
      throw new Error(`account ${accountId}: a sum would be negative`)
    }
    this.accounts.set(accountId, after)
    this.entries.push({ accountId, position, kind, side, amountMinor, after })
  }

  #pendingHold(holdId: string): HoldState {
    const hold = this.holds.get(holdId) ?? this.#view.hold(holdId)
    if (hold === undefined) throw new Refused('hold_not_found', { holdId })
    if (hold.status !== 'pending') throw new Refused('hold_resolved', { holdId, status: hold.status })
    return hold
  }

  /** @throws {Refused} `account_closed`, `account_frozen`, `currency_mismatch` */
  #usable(accountId: string, side: Side, { amount }: { readonly amount: Amount }): AccountState {
    const account = this.#account(accountId)
    if (account.status === 'closed') throw new Refused('account_closed', { accountId })
    if (account.status === 'frozen' && side !== account.normalSide) throw new Refused('account_frozen', { accountId })
    if (account.currency !== amount.currency) {
      throw new Refused('currency_mismatch', { accountId, currency: account.currency })
    }
    return account
  }

  #find(accountId: string): AccountState | undefined {
    return this.accounts.get(accountId) ?? this.#view.account(accountId)
  }

  #account(accountId: string): AccountState {
    const account = this.#find(accountId)
    if (account === undefined) throw new Refused('account_not_found', { accountId })
    return account
  }
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

function refuseOverdraft(before: AccountState, after: AccountState): void {
  const available = availableBalance(after)
  if (available >= 0n || available >= availableBalance(before)) return
  const currency = after.currency as Currency
  throw new Refused('insufficient_funds', {
    accountId: after.accountId,
    available: formatMinor(availableBalance(before), currency),
    currency,
  })
}

/** Nothing in it, and nothing that may still come: only then may an account be closed. */
function refuseUnlessEmpty(account: AccountState): void {
  const { accountId, currency, debitsPending, creditsPending } = account
  const posted = postedBalance(account)
  if (posted === 0n && debitsPending === 0n && creditsPending === 0n) return
  const balance = formatMinor(posted, currency as Currency)
  throw new Refused('account_not_empty', { accountId, balance, currency })
}

function positive({ amount, currency }: Amount): bigint {
  const minor = parseMinor(amount, currency as Currency)
  if (minor <= 0n) throw new Refused('amount_not_positive', { amount, currency })
  return minor
}
