import { localDay } from '@pisto/ledger'
import { evidenceOf } from './evidence.ts'
import { lastDayOf } from './given-documents.ts'
import { dayAfter, endOfDay, TIME_ZONES } from './local-days.ts'
import { errorsOfDocuments, noticeOfDemands } from './notices.ts'
import { EVIDENCE, type Evidence, type Policy, policyOf, policyOn, tierOf } from './policy/policy.ts'
import type { Registration } from './registration.ts'
import { isSettled, nextStatus } from './states.ts'

/** Something that somebody active must give by a day, or stop. */
export interface Demand {
  readonly requirement: Evidence
  /** ISO 8601: the first moment at which it is too late. */
  readonly deadline: string
  /**
   * `expiry`: the document that gives it ends. `rejected`: operators did not accept the one that gave it. `law`: the
   * rules ask for it, and it is not there.
   */
  readonly cause: 'expiry' | 'rejected' | 'law'
  /** Of the policy that asks. */
  readonly policyVersion: string
  /** The deadline has passed: what it stops has stopped. */
  readonly isOverdue: boolean
}

/** What became of a registration when its demands were looked at. */
export type Turn = 'requirementsDue' | 'restricted' | 'lifted'

export interface SettledDemands {
  readonly to: Registration
  readonly turns: readonly Turn[]
  /** When to look again, as far as can be known; null: nothing changes by time alone. */
  readonly nextAt: Date | null
}

/**
 * Where a registration stands at a time: what is demanded of it, and whether it must stop or may go on. A pure function
 * of what was given, the days on documents, and the policies; doing it again at the same time changes nothing.
 */
export function settleDemands(from: Registration, now: Date): SettledDemands {
  if (!isSettled(from.status)) return { to: from, turns: [], nextAt: null }
  const inForce = policyOn(from.country, localDay(now, TIME_ZONES[from.country]))
  const demands = EVIDENCE.flatMap((item) => demandFor(from, item, inForce, now) ?? [])
  const mustStop = demands.some(({ isOverdue }) => isOverdue)
  const status = nextStatus(from.status, mustStop ? 'restrict' : 'lift') ?? from.status
  const isNew = demands.some(({ requirement }) => !from.demands.some((known) => known.requirement === requirement))
  const turns: Turn[] = []
  if (status !== from.status) turns.push(mustStop ? 'restricted' : 'lifted')
  else if (isNew) turns.push('requirementsDue')
  const isSame = turns.length === 0 && JSON.stringify(demands) === JSON.stringify(from.demands)
  const to = isSame ? from : { ...from, status, demands, notice: noticeOfDemands(from, turns, demands, now) }
  return { to, turns, nextAt: nextChange(to, inForce, now) }
}

/** What a person's tier asks for, by the policy that it was given under and by the one in force. */
function askedOf({ tier, kind, ...rest }: Registration, inForce: Policy, item: Evidence): Policy | undefined {
  const asks = (policy: Policy): boolean => {
    const found = tierOf(policy, tier)
    return found?.kinds.includes(kind) === true && found.evidence.includes(item)
  }
  return [policyOf(rest), inForce].find(asks)
}

function demandFor(from: Registration, item: Evidence, inForce: Policy, now: Date): Demand | undefined {
  const policy = askedOf(from, inForce, item)
  if (policy === undefined) return undefined
  const lasts = lastsUntil(from, item, policy)
  const known = from.demands.find(({ requirement }) => requirement === item)
  if (lasts === 'always' || (lasts !== 'missing' && now < lasts.opensAt)) return undefined
  const { version: policyVersion } = policy
  if (lasts === 'missing') {
    const deadline = known?.deadline ?? dayFromNow(from, now, policy.graceDays.newRequirement)
    return {
      requirement: item,
      cause: known?.cause ?? (isRejected(from, item) ? 'rejected' : 'law'),
      policyVersion,
      deadline,
      isOverdue: isPast(deadline, now),
    }
  }
  const deadline = lasts.deadline.toISOString()
  return { requirement: item, cause: 'expiry', policyVersion, deadline, isOverdue: isPast(deadline, now) }
}

const isRejected = ({ documents }: Registration, item: Evidence): boolean =>
  errorsOfDocuments(documents).some(({ requirement }) => requirement === item)

const isPast = (deadline: string, now: Date): boolean => Date.parse(deadline) <= now.getTime()

function dayFromNow({ country }: Registration, now: Date, days: number): string {
  const zone = TIME_ZONES[country]
  return endOfDay(dayAfter(localDay(now, zone), days), zone).toISOString()
}

/** How long what was given lasts: from when on another must be asked for, and until when it may be missing. */
function lastsUntil(
  from: Registration,
  item: Evidence,
  { noticeDays, graceDays }: Policy,
): 'missing' | 'always' | { readonly opensAt: Date; readonly deadline: Date } {
  if (!evidenceOf(from).has(item)) return 'missing'
  if (evidenceOf({ ...from, givenDocuments: [] }).has(item)) return 'always'
  const lastDay = lastDayOf(item, from.documents.lastDays)
  if (lastDay === null) return 'always'
  const zone = TIME_ZONES[from.country]
  return {
    opensAt: endOfDay(dayAfter(lastDay, -noticeDays.expiringDocument), zone),
    deadline: endOfDay(dayAfter(lastDay, graceDays.expiredDocument), zone),
  }
}

function nextChange(to: Registration, inForce: Policy, now: Date): Date | null {
  const times = EVIDENCE.flatMap((item) => {
    const policy = askedOf(to, inForce, item)
    const demand = to.demands.find(({ requirement }) => requirement === item)
    if (demand !== undefined) return [Date.parse(demand.deadline)]
    const lasts = policy === undefined ? 'always' : lastsUntil(to, item, policy)
    return typeof lasts === 'string' ? [] : [lasts.opensAt.getTime()]
  }).filter((time) => time > now.getTime())
  return times.length === 0 ? null : new Date(Math.min(...times))
}
