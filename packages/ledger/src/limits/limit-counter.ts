import { type LimitGroupPlan, Refused, type Side } from '../model.ts'
import type { AccountState, HoldState } from '../state.ts'
import {
  addBalance,
  count,
  giveBack,
  type LimitGroupState,
  NOTHING_COUNTED,
  onDay,
  requireRoom,
} from './limit-group.ts'
import { limitsInMinor } from './limits.ts'

export interface LimitGroupView {
  limitGroup(groupId: string): LimitGroupState | undefined
}

interface Parties {
  readonly debit: AccountState
  readonly credit: AccountState
}

/**
 * Counts the transfers of one transaction against the limits of those whose accounts they move. Money that stays within
 * a group counts neither in nor out.
 */
export class LimitCounter {
  readonly #view: LimitGroupView
  readonly #day: string
  /** As the transaction leaves them. */
  readonly groups = new Map<string, LimitGroupState>()

  /** @param day Local day of the batch's ledger time. */
  constructor(view: LimitGroupView, day: string) {
    this.#view = view
    this.#day = day
  }

  /** @throws {Refused} `currency_mismatch`: a group's currency is for ever */
  set({ groupId, ownerId, currency, policyVersion, limits }: LimitGroupPlan): void {
    const known = this.#find(groupId)
    if (known && known.currency !== currency) throw new Refused('currency_mismatch', { currency: known.currency })
    const rules = { policyVersion, limits: limitsInMinor(limits, currency) }
    const group = known ?? { groupId, ownerId, currency, day: this.#day, ...NOTHING_COUNTED }
    this.groups.set(groupId, { ...group, ...rules })
  }

  /** @throws {Refused} `limit_group_not_found`, `currency_mismatch` */
  requireFor({ currency }: { readonly currency: string }, groupIds: readonly string[]): void {
    for (const groupId of groupIds) {
      const group = this.#get(groupId)
      if (group.currency !== currency) throw new Refused('currency_mismatch', { currency: group.currency })
    }
  }

  /** @throws {Refused} `limit_exceeded`, `receiving_limit_exceeded` */
  move(parties: Parties, amountMinor: bigint, { isHold, uncounted }: { isHold: boolean; uncounted: boolean }): void {
    for (const { groupId, direction, isShared } of touched(parties)) {
      let group = this.#get(groupId)
      const addedMinor = direction === 'in' ? amountMinor : isHold ? 0n : -amountMinor
      if (!uncounted && !isShared) {
        group = count(group, direction, amountMinor)
        if (direction === 'in') requireRoom(group, addedMinor)
      }
      this.groups.set(groupId, addBalance(group, addedMinor))
    }
  }

  /** A hold was counted when it was made: what is not posted of it is given back, if its day is still the current one. */
  resolve(parties: Parties, { amountMinor, countedDay }: HoldState, postedMinor: bigint): void {
    const unpostedMinor = amountMinor - postedMinor
    for (const { groupId, direction, isShared } of touched(parties)) {
      const group = addBalance(this.#get(groupId), direction === 'in' ? -unpostedMinor : -postedMinor)
      const isCounted = countedDay !== null && !isShared
      this.groups.set(groupId, isCounted ? giveBack(group, direction, unpostedMinor, countedDay) : group)
    }
  }

  #find(groupId: string): LimitGroupState | undefined {
    const group = this.groups.get(groupId) ?? this.#view.limitGroup(groupId)
    return group && onDay(group, this.#day)
  }

  #get(groupId: string): LimitGroupState {
    const group = this.#find(groupId)
    if (group === undefined) throw new Refused('limit_group_not_found', { groupId })
    return group
  }
}

/** Each group of each side. Money goes into an account on its normal side. */
function* touched({ debit, credit }: Parties) {
  for (const groupId of debit.limitGroupIds) {
    yield { groupId, direction: directionOf(debit, 'debit'), isShared: credit.limitGroupIds.includes(groupId) }
  }
  for (const groupId of credit.limitGroupIds) {
    yield { groupId, direction: directionOf(credit, 'credit'), isShared: debit.limitGroupIds.includes(groupId) }
  }
}

const directionOf = ({ normalSide }: AccountState, side: Side): 'in' | 'out' => (normalSide === side ? 'in' : 'out')
