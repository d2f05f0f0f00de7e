import type { Currency } from '@pisto/money/currencies'
import { formatMinor, parseMinor } from '@pisto/money/text'

/** Of money that goes one way: what is left out is not limited. Decimal strings in the group's currency. */
export interface FlowLimits {
  /** Of one transfer. */
  readonly single?: string
  /** Of all transfers of a local day. */
  readonly day?: string
  /** Of all transfers of a local month. */
  readonly month?: string
}

/** What a limit group may receive, send and hold. */
export interface Limits {
  readonly in?: FlowLimits
  readonly out?: FlowLimits
  /** Of all its accounts together, credits that are still pending included. */
  readonly balance?: string
}

export type Direction = 'in' | 'out'
export type LimitName = 'single' | 'day' | 'month' | 'balance'

interface FlowLimitsMinor {
  readonly single: bigint | undefined
  readonly day: bigint | undefined
  readonly month: bigint | undefined
}

/** `Limits` in minor units. */
export interface LimitsMinor {
  readonly in: FlowLimitsMinor
  readonly out: FlowLimitsMinor
  readonly balance: bigint | undefined
}

/** @throws {InvalidAmount} a limit is not an amount of the currency, or below zero */
export function limitsInMinor(limits: Limits, currency: string): LimitsMinor {
  const minor = (text: string | undefined): bigint | undefined => {
    if (text === undefined) return undefined
    const value = parseMinor(text, currency as Currency)
    if (value < 0n) throw new RangeError(`a limit below zero: ${text}`)
    return value
  }
  const flow = ({ single, day, month }: FlowLimits = {}): FlowLimitsMinor => ({
    single: minor(single),
    day: minor(day),
    month: minor(month),
  })
  return { in: flow(limits.in), out: flow(limits.out), balance: minor(limits.balance) }
}

/** The wire's form, without what is not limited; members in canonical order. */
export function limitsAsText(limits: LimitsMinor, currency: string): Limits {
  const text = (minor: bigint) => formatMinor(minor, currency as Currency)
  const flow = ({ single, day, month }: FlowLimitsMinor): FlowLimits => ({
    ...(day !== undefined && { day: text(day) }),
    ...(month !== undefined && { month: text(month) }),
    ...(single !== undefined && { single: text(single) }),
  })
  return {
    ...(limits.balance !== undefined && { balance: text(limits.balance) }),
    in: flow(limits.in),
    out: flow(limits.out),
  }
}
