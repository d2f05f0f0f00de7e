import type { Currency } from '@pisto/money/currencies'
import { parseMinor } from '@pisto/money/text'
import type { Leaf } from './leaf.ts'
import type { FlowLimits, Limits } from './limits/limits.ts'
import { localDay } from './limits/local-day.ts'
import type { Side } from './model.ts'

type Flow = 'in' | 'out'

/** A limit group as it follows from the log. Minor units. */
export interface ModelLimitGroup {
  readonly currency: string
  policyVersion: string
  limits: Limits
  setSequence: number
  /** What each local day and each month counts, by `in 2026-11-24`, `out 2026-11`. */
  readonly counted: Map<string, bigint>
  balanceMinor: bigint
  /** Day of the last move. */
  day: string
  /** The group that has absorbed this one. */
  mergedInto: string | null
}

/** One side of a transfer, as far as limits go. */
export interface LimitedSide {
  readonly side: Side
  readonly normalSide: string
  readonly limitGroups: readonly string[]
}

/** A transfer as it counts: `heldMinor` of the hold that it resolves, and the day on which that hold was counted. */
export interface CountedMove {
  readonly kind: 'posted' | 'pending' | 'postPending' | 'voidPending'
  readonly amountMinor: bigint
  readonly heldMinor: bigint
  readonly countedDay: string | null
  readonly uncounted: boolean
}

/**
 * Limits as they follow from the log alone: a second, plain implementation, on purpose not the one that decides. It
 * keeps every day and month by name instead of turning counters over.
 */
export class LimitModel {
  readonly groups = new Map<string, ModelLimitGroup>()
  readonly #timeZone: string
  #day = ''

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  get day(): string {
    return this.#day
  }

  /** @returns What the leaf does against the rules. */
  begin({ time, limitGroups = [], sequence }: Leaf): string[] {
    const contradictions: string[] = []
    this.#day = localDay(new Date(time), this.#timeZone)
    for (const { id, absorbs, currency, policyVersion, limits } of limitGroups) {
      const known = this.groups.get(id)
      if (known) Object.assign(known, { policyVersion, limits, setSequence: sequence, day: this.#day })
      else {
        const fresh = { counted: new Map(), balanceMinor: 0n, day: this.#day, mergedInto: null }
        this.groups.set(id, { currency, policyVersion, limits, setSequence: sequence, ...fresh })
      }
      if (absorbs !== undefined) contradictions.push(...this.#absorb(id, absorbs))
    }
    return contradictions
  }

  #absorb(id: string, absorbed: string): string[] {
    const [group, other] = [this.groups.get(id), this.groups.get(absorbed)]
    if (group === undefined || other === undefined) return [`limit group ${absorbed} was never set`]
    if (id === absorbed || group.mergedInto !== null || other.mergedInto !== null)
      return [`limit group ${absorbed} is absorbed a second time`]
    for (const [span, minor] of other.counted) group.counted.set(span, (group.counted.get(span) ?? 0n) + minor)
    group.balanceMinor += other.balanceMinor
    Object.assign(other, { mergedInto: id, balanceMinor: 0n, day: this.#day })
    other.counted.clear()
    return []
  }

  /** The groups that count for an account. */
  #counting(ids: readonly string[]): string[] {
    const of = (id: string): string => {
      const into = this.groups.get(id)?.mergedInto
      return into == null ? id : of(into)
    }
    return [...new Set(ids.map(of))]
  }

  /** @returns What the move does against the rules. */
  move(parties: readonly LimitedSide[], move: CountedMove): string[] {
    const sides = parties.map((side) => ({ ...side, limitGroups: this.#counting(side.limitGroups) }))
    const shared = sides[0]?.limitGroups.filter((id) => sides[1]?.limitGroups.includes(id)) ?? []
    return sides.flatMap(({ side, normalSide, limitGroups }) =>
      limitGroups.flatMap((id) => {
        const group = this.groups.get(id)
        if (group === undefined) return [`limit group ${id} was never set`]
        const flow: Flow = side === normalSide ? 'in' : 'out'
        group.day = this.#day
        group.balanceMinor += balanceChange(flow, move)
        if (shared.includes(id)) return []
        return this.#count(id, group, flow, move)
      }),
    )
  }

  #count(id: string, group: ModelLimitGroup, flow: Flow, move: CountedMove): string[] {
    const add = (span: string, minor: bigint): void => {
      const key = `${flow} ${span}`
      group.counted.set(key, (group.counted.get(key) ?? 0n) + minor)
    }
    if (move.kind === 'posted' || move.kind === 'pending') {
      if (move.uncounted) return []
      add(this.#day, move.amountMinor)
      add(this.#day.slice(0, 7), move.amountMinor)
      return this.#exceeded(id, group, flow, move.amountMinor)
    }
    if (move.countedDay === null) return []
    const unposted = move.heldMinor - (move.kind === 'postPending' ? move.amountMinor : 0n)
    if (move.countedDay === this.#day) add(this.#day, -unposted)
    if (move.countedDay.slice(0, 7) === this.#day.slice(0, 7)) add(this.#day.slice(0, 7), -unposted)
    return []
  }

  #exceeded(id: string, group: ModelLimitGroup, flow: Flow, amountMinor: bigint): string[] {
    const limits: FlowLimits = group.limits[flow] ?? {}
    const day = this.#day
    const checks: [string, string | undefined, bigint][] = [
      ['single', limits.single, amountMinor],
      ['day', limits.day, group.counted.get(`${flow} ${day}`) ?? 0n],
      ['month', limits.month, group.counted.get(`${flow} ${day.slice(0, 7)}`) ?? 0n],
      ['balance', flow === 'in' ? group.limits.balance : undefined, group.balanceMinor],
    ]
    return checks
      .filter(([, limit, used]) => limit !== undefined && used > parseMinor(limit, group.currency as Currency))
      .map(([name]) => `limit group ${id} exceeds its ${flow} ${name} limit`)
  }
}

function balanceChange(flow: Flow, { kind, amountMinor, heldMinor }: CountedMove): bigint {
  const posted = kind === 'posted' || kind === 'postPending' ? amountMinor : 0n
  if (flow === 'out') return -posted
  if (kind === 'posted' || kind === 'pending') return amountMinor
  return posted - heldMinor
}
