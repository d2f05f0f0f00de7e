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
  sum,
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

  /**
   * Sets the limits of a group, and has it absorb another. A group that was absorbed stands for the one that has it.
   *
   * @returns The group that was set, and the one that it absorbed now.
   * @throws {Refused} `currency_mismatch`: a group's currency is for ever; `limit_group_not_found`: the absorbed one
   */
  set({ groupId: named, ownerId, currency, policyVersion, limits, absorbs }: LimitGroupPlan): {
    readonly groupId: string
    readonly absorbed: string | undefined
  } {
    const groupId = this.#standsFor(named)
    const known = this.#find(groupId)
    if (known && known.currency !== currency) throw new Refused('currency_mismatch', { currency: known.currency })
    const rules = { policyVersion, limits: limitsInMinor(limits, currency) }
    const group = known ?? { groupId, ownerId, currency, day: this.#day, mergedInto: null, ...NOTHING_COUNTED }
    this.groups.set(groupId, { ...group, ...rules })
    const absorbed = absorbs === undefined ? groupId : this.#standsFor(absorbs)
    if (absorbed === groupId) return { groupId, absorbed: undefined }
    this.#merge(absorbed, groupId)
    return { groupId, absorbed }
  }

  /** What the one has counted and holds is the other's from now on. */
  #merge(from: string, into: string): void {
    const [absorbed, group] = [this.#get(from), this.#get(into)]
    if (absorbed.currency !== group.currency) throw new Refused('currency_mismatch', { currency: group.currency })
    this.groups.set(into, sum(group, absorbed))
    this.groups.set(from, { ...absorbed, ...NOTHING_COUNTED, mergedInto: into })
  }

  /** @throws {Refused} `limit_group_not_found`, `currency_mismatch` */
  requireFor({ currency }: { readonly currency: string }, groupIds: readonly string[]): void {
    for (const groupId of groupIds) {
      const group = this.#get(this.#standsFor(groupId))
      if (group.currency !== currency) throw new Refused('currency_mismatch', { currency: group.currency })
    }
  }

  /** @throws {Refused} `limit_exceeded`, `receiving_limit_exceeded` */
  move(parties: Parties, amountMinor: bigint, { isHold, uncounted }: { isHold: boolean; uncounted: boolean }): void {
    for (const { groupId, direction, isShared } of this.#touched(parties)) {
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
    for (const { groupId, direction, isShared } of this.#touched(parties)) {
      const group = addBalance(this.#get(groupId), direction === 'in' ? -unpostedMinor : -postedMinor)
      const isCounted = countedDay !== null && !isShared
      this.groups.set(groupId, isCounted ? giveBack(group, direction, unpostedMinor, countedDay) : group)
    }
  }

  /** Each group of each side. Money goes into an account on its normal side. */
  *#touched({ debit, credit }: Parties) {
    const [debited, credited] = [this.#groupsOf(debit), this.#groupsOf(credit)]
    for (const groupId of debited) {
      yield { groupId, direction: directionOf(debit, 'debit'), isShared: credited.includes(groupId) }
    }
    for (const groupId of credited) {
      yield { groupId, direction: directionOf(credit, 'credit'), isShared: debited.includes(groupId) }
    }
  }

  #groupsOf({ limitGroupIds }: AccountState): readonly string[] {
    const groups = limitGroupIds.map((id) => this.#standsFor(id))
    return groups.length > 1 ? [...new Set(groups)] : groups
  }

  /** The group that has absorbed this one, or the one itself. */
  #standsFor(groupId: string): string {
    const into = (this.groups.get(groupId) ?? this.#view.limitGroup(groupId))?.mergedInto
    return into == null ? groupId : this.#standsFor(into)
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

const directionOf = ({ normalSide }: AccountState, side: Side): 'in' | 'out' => (normalSide === side ? 'in' : 'out')
