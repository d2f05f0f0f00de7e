import type { Currency } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import { Refused } from '../model.ts'
import type { Direction, LimitName, LimitsMinor } from './limits.ts'

/**
 * Those whose money is limited together: a person with two shops and a wallet is one group. What it has moved so far,
 * as the newest batch leaves it. Minor units. Never changed in place.
 */
export interface LimitGroupState {
  readonly groupId: string
  readonly ownerId: string | null
  readonly currency: string
  /** Of the rules that its limits come from. */
  readonly policyVersion: string
  readonly limits: LimitsMinor
  /** The local day that the counters count, `2026-11-24`; its month is the one they count, too. */
  readonly day: string
  readonly dayIn: bigint
  readonly dayOut: bigint
  readonly monthIn: bigint
  readonly monthOut: bigint
  /** What its accounts hold together, credits that are still pending included. */
  readonly balanceMinor: bigint
  /** `lgr_…` of the group that has absorbed this one: it counts for both. Null: none. */
  readonly mergedInto: string | null
}

/** Counters of a group that has not moved anything yet. */
export const NOTHING_COUNTED = { dayIn: 0n, dayOut: 0n, monthIn: 0n, monthOut: 0n, balanceMinor: 0n } as const

const monthOf = (day: string): string => day.slice(0, 7)

/** The group on a later day: what was counted on an earlier day or in an earlier month no longer counts. */
export function onDay(group: LimitGroupState, day: string): LimitGroupState {
  if (group.day === day) return group
  const isSameMonth = monthOf(group.day) === monthOf(day)
  return {
    ...group,
    day,
    dayIn: 0n,
    dayOut: 0n,
    monthIn: isSameMonth ? group.monthIn : 0n,
    monthOut: isSameMonth ? group.monthOut : 0n,
  }
}

/** A group with what another one of the same day has counted and holds. */
export const sum = (group: LimitGroupState, other: LimitGroupState): LimitGroupState => ({
  ...group,
  dayIn: group.dayIn + other.dayIn,
  dayOut: group.dayOut + other.dayOut,
  monthIn: group.monthIn + other.monthIn,
  monthOut: group.monthOut + other.monthOut,
  balanceMinor: group.balanceMinor + other.balanceMinor,
})

/**
 * Counts an amount on the group's day. Limits are checked from the smallest span to the longest.
 *
 * @throws {Refused} `limit_exceeded` on the way out, with what is left; `receiving_limit_exceeded` on the way in, which
 *   tells the other side only which limit it was
 */
export function count(group: LimitGroupState, direction: Direction, amountMinor: bigint): LimitGroupState {
  const limits = group.limits[direction]
  const day = (direction === 'in' ? group.dayIn : group.dayOut) + amountMinor
  const month = (direction === 'in' ? group.monthIn : group.monthOut) + amountMinor
  refuseAbove(group, direction, 'single', limits.single, amountMinor, amountMinor)
  refuseAbove(group, direction, 'day', limits.day, day, amountMinor)
  refuseAbove(group, direction, 'month', limits.month, month, amountMinor)
  return direction === 'in' ? { ...group, dayIn: day, monthIn: month } : { ...group, dayOut: day, monthOut: month }
}

/** What was counted on `countedDay` and is given back: only while that day, that month is still the current one. */
export function giveBack(
  group: LimitGroupState,
  direction: Direction,
  amountMinor: bigint,
  countedDay: string,
): LimitGroupState {
  const fromDay = countedDay === group.day ? amountMinor : 0n
  const fromMonth = monthOf(countedDay) === monthOf(group.day) ? amountMinor : 0n
  return direction === 'in'
    ? { ...group, dayIn: group.dayIn - fromDay, monthIn: group.monthIn - fromMonth }
    : { ...group, dayOut: group.dayOut - fromDay, monthOut: group.monthOut - fromMonth }
}

/** @throws {Refused} `receiving_limit_exceeded`: the group would hold more than it may */
export function requireRoom(group: LimitGroupState, addedMinor: bigint): void {
  refuseAbove(group, 'in', 'balance', group.limits.balance, group.balanceMinor + addedMinor, addedMinor)
}

export const addBalance = (group: LimitGroupState, addedMinor: bigint): LimitGroupState => ({
  ...group,
  balanceMinor: group.balanceMinor + addedMinor,
})

function refuseAbove(
  group: LimitGroupState,
  direction: Direction,
  limit: LimitName,
  allowed: bigint | undefined,
  wanted: bigint,
  amountMinor: bigint,
): void {
  if (allowed === undefined || wanted <= allowed) return
  const { currency, policyVersion, day } = group
  const common = { limit, currency, policyVersion }
  if (direction === 'in') throw new Refused('receiving_limit_exceeded', common)
  const text = (minor: bigint) => formatMinor(minor, currency as Currency)
  const used = wanted - amountMinor
  throw new Refused('limit_exceeded', {
    ...common,
    allowed: text(allowed),
    remaining: text(allowed > used ? allowed - used : 0n),
    ...(limit === 'day' && { period: day }),
    ...(limit === 'month' && { period: monthOf(day) }),
  })
}
