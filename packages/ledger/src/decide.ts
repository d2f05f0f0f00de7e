import type { Currency } from '@pisto/money/currencies'
import { formatMinor, MAX_MINOR, parseMinor } from '@pisto/money/text'
import type { LeafAccount, LeafTransfer } from './leaf.ts'
import type { Amount, Plan, Refusal, Side, TransferKind, TransferPlan } from './model.ts'
import { Refused } from './model.ts'
import { type AccountState, availableBalance, type HoldState } from './state.ts'

/** States at the head that a batch builds on, with what the batch has decided so far on top. */
export interface StateView {
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
  readonly transfers: readonly LeafTransfer[]
  readonly opened: readonly LeafAccount[]
  /** Minor units posted of each hold that was resolved here; 0 for a void. */
  readonly resolved: ReadonlyMap<string, bigint>
}

/**
 * Decides a plan on states, exactly and without effect: transfers one after another, each on what those before it
 * leave; one that is refused refuses the whole.
 *
 * @param ledgerTime The batch's time: holds that expire at it or before can no longer be posted.
 */
export function decideEffects(
  view: StateView,
  plan: Plan<unknown>,
  ledgerTime: Date,
): { readonly ok: true; readonly effects: Effects } | { readonly ok: false; readonly refusal: Refusal } {
  const draft = new Draft(view, ledgerTime)
  try {
    for (const account of plan.accounts ?? []) {
      const { accountId, purpose, currency, normalSide, noOverdraft } = account
      draft.open({ accountId, currency, normalSide, noOverdraft, ...EMPTY }, purpose)
    }
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

class Draft implements Effects {
  readonly #view: StateView
  readonly #ledgerTime: Date
  readonly entries: EntryDraft[] = []
  readonly accounts = new Map<string, AccountState>()
  readonly holds = new Map<string, HoldState>()
  readonly transfers: LeafTransfer[] = []
  readonly opened: LeafAccount[] = []
  readonly resolved = new Map<string, bigint>()

  constructor(view: StateView, ledgerTime: Date) {
    this.#view = view
    this.#ledgerTime = ledgerTime
  }

  open(account: AccountState, purpose: string): void {
    if (this.#find(account.accountId)) throw new Refused('account_exists', { accountId: account.accountId })
    const { accountId: id, currency, normalSide, noOverdraft } = account
    this.accounts.set(id, account)
    this.opened.push({ id, purpose, currency, normalSide, noOverdraft })
  }

  transfer(plan: TransferPlan): void {
    if (plan.kind === 'postPending') this.#post(plan.holdId, plan.amount)
    else if (plan.kind === 'voidPending') this.#void(plan.holdId)
    else this.#transfer(plan)
  }

  #transfer(plan: TransferPlan & { kind: 'posted' | 'pending' }): void {
    const { kind, debit, credit } = plan
    const amountMinor = positive(plan.amount)
    if (debit === credit) throw new Refused('same_account', { accountId: debit })
    for (const id of [debit, credit]) {
      const account = this.#account(id)
      if (account.status === 'closed') throw new Refused('account_closed', { accountId: id })
      if (account.currency !== plan.amount.currency) {
        throw new Refused('currency_mismatch', { accountId: id, currency: account.currency })
      }
    }
    const isHold = kind === 'pending'
    this.#move(debit, credit, amountMinor, {
      kind,
      posted: isHold ? 0n : amountMinor,
      pending: isHold ? amountMinor : 0n,
    })
    if (plan.kind === 'pending') this.#hold(plan, amountMinor)
    this.transfers.push({
      kind,
      debit,
      credit,
      ...plan.amount,
      ...(plan.kind === 'pending' && { hold: plan.holdId, expiresAt: plan.expiresAt.toISOString() }),
    })
  }

  #hold(plan: TransferPlan & { kind: 'pending' }, amountMinor: bigint): void {
    const { holdId, debit, credit, expiresAt } = plan
    if (this.holds.has(holdId) || this.#view.hold(holdId)) throw new Refused('hold_exists', { holdId })
    if (this.#ledgerTime >= expiresAt) throw new Refused('hold_expired', { holdId })
    const { currency } = plan.amount
    this.holds.set(holdId, { holdId, debit, credit, amountMinor, currency, expiresAt, status: 'pending' })
  }

  #post(holdId: string, part: Amount | undefined): void {
    const hold = this.#pendingHold(holdId)
    if (this.#ledgerTime >= hold.expiresAt) throw new Refused('hold_expired', { holdId })
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
    this.#move(debit, credit, amountMinor, change)
    this.holds.set(holdId, { ...hold, status })
    this.resolved.set(holdId, change.posted)
    const amount = formatMinor(amountMinor, currency as Currency)
    this.transfers.push({ kind: change.kind, debit, credit, amount, currency, hold: holdId })
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
    if (after.noOverdraft) refuseOverdraft(before, after)
    const sums = [after.debitsPosted, after.creditsPosted, after.debitsPending, after.creditsPending]
    if (sums.some((sum) => sum > MAX_MINOR)) throw new Refused('amount_too_large', { accountId: entry.accountId })
    if (sums.some((sum) => sum < 0n)) throw new Error(`account ${entry.accountId}: a sum would be negative`)
    this.accounts.set(entry.accountId, after)
    this.entries.push({ ...entry, after })
  }

  #pendingHold(holdId: string): HoldState {
    const hold = this.holds.get(holdId) ?? this.#view.hold(holdId)
    if (hold === undefined) throw new Refused('hold_not_found', { holdId })
    if (hold.status !== 'pending') throw new Refused('hold_resolved', { holdId, status: hold.status })
    return hold
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

function positive({ amount, currency }: Amount): bigint {
  const minor = parseMinor(amount, currency as Currency)
  if (minor <= 0n) throw new Refused('amount_not_positive', { amount, currency })
  return minor
}
