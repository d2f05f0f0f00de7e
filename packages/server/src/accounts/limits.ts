import type { AccountLimits } from '@pisto/contract'
import type { Direction, FlowUse, LimitsView } from '@pisto/ledger'
import { minorOf, moneyOf } from '../platform/minor.ts'

type Limit = AccountLimits['groups'][number]['limits'][number]
type Currency = Limit['allowed']['currency']

/** What an account may still take and give, as the API shows it: of groups that limit something. */
export const showLimits = (accountId: string, groups: readonly LimitsView[], livemode: boolean): AccountLimits => ({
  accountId,
  livemode,
  groups: groups.flatMap(({ groupId: id, ownerId, policyVersion, ...group }) => {
    const limits = [...flowLimits(group, 'in'), ...flowLimits(group, 'out'), ...balanceLimit(group)]
    return limits.length === 0 ? [] : [{ id, ownerId, policyVersion, limits }]
  }),
})

type Group = Omit<LimitsView, 'groupId' | 'ownerId' | 'policyVersion'>

function flowLimits({ limits, used, day, currency }: Group, direction: Direction): Limit[] {
  const { single, day: ofDay, month } = limits[direction] ?? {}
  const use: FlowUse = used[direction]
  return [
    ...(single === undefined ? [] : [limit({ direction, limit: 'single', period: null }, single, undefined, currency)]),
    ...(ofDay === undefined ? [] : [limit({ direction, limit: 'day', period: day }, ofDay, use.day, currency)]),
    ...(month === undefined
      ? []
      : [limit({ direction, limit: 'month', period: day.slice(0, 7) }, month, use.month, currency)]),
  ]
}

const balanceLimit = ({ limits, balance, currency }: Group): Limit[] =>
  limits.balance === undefined
    ? []
    : [limit({ direction: 'in', limit: 'balance', period: null }, limits.balance, balance, currency)]

function limit(
  what: Pick<Limit, 'direction' | 'limit' | 'period'>,
  allowed: string,
  used: string | undefined,
  text: string,
): Limit {
  const currency = text as Currency // books of a tenant are in its wallets' currencies
  const [allowedMinor, usedMinor] = [
    minorOf({ amount: allowed, currency }),
    minorOf({ amount: used ?? '0.00', currency }),
  ]
  const remaining = allowedMinor > usedMinor ? allowedMinor - usedMinor : 0n
  return {
    ...what,
    allowed: { amount: allowed, currency },
    used: used === undefined ? null : { amount: used, currency },
    remaining: moneyOf(remaining, currency),
  }
}
