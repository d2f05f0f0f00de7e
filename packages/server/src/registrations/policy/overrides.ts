import { type FieldError, LIMIT_FIGURES, type LimitFigure, type OwnTiers } from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import { parseMinor } from '@pisto/money/text'
import type { TenantProfile } from '../../tenants/profile.ts'
import { type Flow, type Policy, policyOn, type TierLimits, tierOf } from './policy.ts'

type OwnLimits = OwnTiers[number]['limits']

/** Limits that an institution has set for itself, within what its country's policy lets it set. */
export interface PolicyOverride {
  /** From 1, in the order in which they were set. */
  readonly number: number
  /** `gtbank-1` */
  readonly version: string
  /** ISO 8601 date where the tenant is. It holds until the day of another one that was set later. */
  readonly effectiveFrom: string
  /** Which decision of the institution it is. */
  readonly source: { readonly decision: string; readonly decidedOn: string }
  readonly tiers: OwnTiers
  /** The operator who set it. */
  readonly decidedBy: string
  readonly createdAt: Date
}

type Written = Pick<PolicyOverride, 'effectiveFrom' | 'tiers'>

/**
 * What of an override the policy does not permit, in any version that is in force while the override is. Pointers are
 * into the body of `updateTenant`.
 *
 * @param today ISO 8601 date where the tenant is: nothing is set for days that are over.
 */
export function mistakesOf(
  policies: readonly Policy[],
  { effectiveFrom, tiers }: Written,
  today: string,
): FieldError[] {
  const errors: FieldError[] = []
  if (effectiveFrom < today) errors.push(told('/effectiveFrom', 'effective_in_past', EARLIEST(today)))
  const inForce = policies.filter(({ effectiveTo }) => effectiveTo === null || effectiveTo >= effectiveFrom)
  for (const [index, { tier, limits }] of tiers.entries()) {
    if (tiers.findIndex((other) => other.tier === tier) < index) {
      errors.push(told(`/tiers/${index}/tier`, 'tier_repeated', ONCE))
    }
    for (const policy of inForce) errors.push(...mistakesIn(policy, tier, limits, `/tiers/${index}`))
  }
  return errors
}

function mistakesIn(policy: Policy, tier: number, limits: OwnLimits, at: string): FieldError[] {
  const { version, currency } = policy
  if (tierOf(policy, tier) === undefined) return [told(`${at}/tier`, 'tier_unknown', NO_TIER(version))]
  return LIMIT_FIGURES.flatMap((name) => {
    const own = figureOf(limits, name)
    if (own === undefined) return []
    const pointer = `${at}/limits/${name.replace('.', '/')}`
    const range = rangeOf(policy, tier, name)
    if (range === undefined) return [told(pointer, 'not_permitted', NOT_PERMITTED(version))]
    const asked = parseMinor(own, currency)
    if (asked > parseMinor(range.most, currency)) return [told(pointer, 'above_most', AT_MOST(version, range.most))]
    if (asked < parseMinor(range.least, currency)) return [told(pointer, 'below_least', AT_LEAST(version, range.least))]
    return []
  })
}

type Text = readonly [en: string, es: string]

const told = (pointer: string, code: string, [message, messageEs]: Text): FieldError => ({
  pointer: `/policyOverrides${pointer}`,
  code,
  message,
  messageEs,
})

const EARLIEST = (day: string): Text => [`From ${day} on at the earliest`, `Desde el ${day} como muy pronto`]
const ONCE: Text = ['Each tier only once', 'Cada nivel una sola vez']
const NO_TIER = (version: string): Text => [`${version} has no such tier`, `${version} no tiene ese nivel`]
const NOT_PERMITTED = (version: string): Text => [
  `${version} lets no institution set this`,
  `${version} no permite que una institución fije esto`,
]
const AT_MOST = (version: string, most: string): Text => [
  `${version} allows at most ${most}`,
  `${version} permite como máximo ${most}`,
]
const AT_LEAST = (version: string, least: string): Text => [
  `${version} asks for at least ${least}`,
  `${version} exige como mínimo ${least}`,
]

function figureOf(limits: OwnLimits, name: LimitFigure): string | undefined {
  if (name === 'balance') return limits.balance
  const [way, period] = name.split('.') as ['in' | 'out', keyof Flow]
  return limits[way]?.[period]
}

/** Between which figures an institution may set one. @returns Undefined: it may not, or there is no such tier. */
function rangeOf(policy: Policy, tier: number, name: LimitFigure): { least: string; most: string } | undefined {
  const limits = tierOf(policy, tier)?.limits
  const permission = policy.tenantMay.find(
    ({ tiers, figures }) => tiers.some((one) => one === tier) && figures.includes(name),
  )
  const own = limits && figureOf(limits, name)
  return permission && own !== undefined ? { least: permission.atLeast, most: permission.atMost ?? own } : undefined
}

type Institution = Pick<TenantProfile, 'country' | 'policyOverrides'>

/** The tenant's override on a day. @returns Undefined: it has none. */
export const overrideOn = ({ policyOverrides = [] }: Institution, day: string): PolicyOverride | undefined =>
  policyOverrides
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .sort((a, b) =>
      a.effectiveFrom === b.effectiveFrom ? a.number - b.number : a.effectiveFrom < b.effectiveFrom ? -1 : 1,
    )
    .at(-1)

/** What decisions are made under now: the policy's version, and after `+` the tenant's own. */
export function versionsAt(tenant: Institution & Pick<TenantProfile, 'timeZone'>, now: Date): string {
  const day = localDay(now, tenant.timeZone)
  const { version } = policyOn(tenant.country, day)
  const own = overrideOn(tenant, day)
  return own === undefined ? version : `${version}+${own.version}`
}

/**
 * The tier's limits under the override that a decision was made under; never outside of what this policy lets an
 * institution set, for it may be a later one.
 *
 * @returns Undefined: the policy has no such tier.
 */
export function limitsUnder(
  policy: Policy,
  tier: number,
  { policyOverrides = [] }: Institution,
  policyVersion: string,
): TierLimits | undefined {
  const limits = tierOf(policy, tier)?.limits
  const [, version] = policyVersion.split('+')
  if (limits === undefined || version === undefined) return limits
  const override = policyOverrides.find((one) => one.version === version) ?? policyOverrides.at(-1)
  const own = override?.tiers.find((one) => one.tier === tier)?.limits
  if (own === undefined) return limits
  const figure = (name: LimitFigure): string => {
    const [asked, range] = [figureOf(own, name), rangeOf(policy, tier, name)]
    if (asked === undefined || range === undefined) return figureOf(limits, name) ?? '0'
    return least(policy, most(policy, asked, range.least), range.most)
  }
  const flow = (way: 'in' | 'out'): Flow => ({
    perPayment: figure(`${way}.perPayment`),
    perDay: figure(`${way}.perDay`),
    perMonth: figure(`${way}.perMonth`),
  })
  return { ...limits, in: flow('in'), out: flow('out'), balance: figure('balance') }
}

const least = ({ currency }: Policy, a: string, b: string): string =>
  parseMinor(a, currency) < parseMinor(b, currency) ? a : b
const most = ({ currency }: Policy, a: string, b: string): string =>
  parseMinor(a, currency) > parseMinor(b, currency) ? a : b
