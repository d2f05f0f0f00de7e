import { readFileSync } from 'node:fs'
import { COUNTRY_CURRENCY, type CountryCode } from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import { parseMinor } from '@pisto/money/text'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { TenantProfile } from '../../tenants/profile.ts'
import { type Flow, type Policy, policiesOf, policyOn, type TierLimits, type TierNumber, tierOf } from './policy.ts'

/** An institution's own limits: what it leaves out is as the country's policy says. */
interface OwnLimits {
  readonly in?: Partial<Flow>
  readonly out?: Partial<Flow>
  readonly balance?: string
}

/** Limits that an institution has decided for itself, tighter than its country's policy, as data. */
export interface PolicyOverride {
  /** `code` of the tenant. */
  readonly tenant: string
  readonly country: CountryCode
  readonly version: string
  /** ISO 8601 date where the tenant is. It holds until the tenant's next one. */
  readonly effectiveFrom: string
  /** Who decided it, and when. */
  readonly source: { readonly decision: string; readonly decidedOn: string }
  readonly tiers: readonly { readonly tier: TierNumber; readonly limits: OwnLimits }[]
}

/** Why an override is refused. */
type OverrideRule = 'tierUnknown' | 'amountInvalid' | 'tighterOnly'

/** An override would allow what the policy does not, or cannot be read. */
class OverrideRefused extends Error {
  override readonly name = 'OverrideRefused'
  /** RFC 6901, into the file. */
  readonly pointer: string
  readonly rule: OverrideRule | 'schema'

  constructor(pointer: string, rule: OverrideRule | 'schema', detail: string) {
    super(`${pointer}: ${rule}: ${detail}`)
    this.pointer = pointer
    this.rule = rule
  }
}

const SCHEMA = new URL('override.schema.json', import.meta.url)
const isWritten = new Ajv2020({ allErrors: true }).compile<readonly PolicyOverride[]>(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
)

/**
 * The overrides of a file's content.
 *
 * @throws {OverrideRefused} it does not keep `override.schema.json`, or a figure is wider than a version of the policy
 *   that is in force while the override is
 */
export function readOverrides(data: unknown): readonly PolicyOverride[] {
  if (!isWritten(data)) {
    const [first] = isWritten.errors ?? []
    throw new OverrideRefused(first?.instancePath ?? '', 'schema', first?.message ?? 'cannot be')
  }
  for (const [index, override] of data.entries()) {
    const policies = policiesOf(override.country).filter(
      ({ effectiveTo }) => effectiveTo === null || effectiveTo >= override.effectiveFrom,
    )
    for (const policy of policies) requireTighter(policy, override, `/${index}`)
  }
  return data
}

function requireTighter(policy: Policy, { tiers }: PolicyOverride, at: string): void {
  for (const [index, { tier, limits }] of tiers.entries()) {
    const widest = tierOf(policy, tier)?.limits
    const where = `${at}/tiers/${index}`
    if (widest === undefined)
      throw new OverrideRefused(`${where}/tier`, 'tierUnknown', `${policy.version} has no such tier`)
    for (const [pointer, own, most] of figuresOf(limits, widest)) {
      if (own === undefined) continue
      const [asked, allowed] = [minorOf(own, policy, `${where}/limits${pointer}`), parseMinor(most, policy.currency)]
      if (asked <= allowed) continue
      throw new OverrideRefused(`${where}/limits${pointer}`, 'tighterOnly', `${policy.version} allows at most ${most}`)
    }
  }
}

const FLOW = ['perPayment', 'perDay', 'perMonth'] as const

function figuresOf(own: OwnLimits, widest: TierLimits): (readonly [string, string | undefined, string])[] {
  const flows = (['in', 'out'] as const).flatMap((way) =>
    FLOW.map((name) => [`/${way}/${name}`, own[way]?.[name], widest[way][name]] as const),
  )
  return [...flows, ['/balance', own.balance, widest.balance]]
}

function minorOf(text: string, { currency }: Policy, pointer: string): bigint {
  try {
    return parseMinor(text, currency)
  } catch (cause) {
    throw new OverrideRefused(pointer, 'amountInvalid', `not an amount in ${currency}: ${String(cause)}`)
  }
}

type Institution = Pick<TenantProfile, 'country' | 'policyOverrides'>

/** The tenant's override on a day. @returns Undefined: it has none. */
export const overrideOn = ({ policyOverrides }: Institution, day: string): PolicyOverride | undefined =>
  policyOverrides?.filter(({ effectiveFrom }) => effectiveFrom <= day).at(-1)

/** What decisions are made under now: the policy's version, and after `+` the tenant's own. */
export function versionsAt(tenant: Institution & Pick<TenantProfile, 'timeZone'>, now: Date): string {
  const day = localDay(now, tenant.timeZone)
  const { version } = policyOn(tenant.country, day)
  const own = overrideOn(tenant, day)
  return own === undefined ? version : `${version}+${own.version}`
}

/** The tier's limits under the override that a decision was made under; never wider than the policy's. */
export function limitsUnder(limits: TierLimits, tier: number, tenant: Institution, policyVersion: string): TierLimits {
  const [, version] = policyVersion.split('+')
  if (version === undefined) return limits
  const { policyOverrides = [] } = tenant
  const override = policyOverrides.find((one) => one.version === version) ?? policyOverrides.at(-1)
  const own = override?.tiers.find((one) => one.tier === tier)?.limits
  if (own === undefined) return limits
  const currency = COUNTRY_CURRENCY[tenant.country]
  const lower = (asked: string | undefined, most: string): string =>
    asked !== undefined && parseMinor(asked, currency) < parseMinor(most, currency) ? asked : most
  const flow = (asked: Partial<Flow> | undefined, most: Flow): Flow => ({
    perPayment: lower(asked?.perPayment, most.perPayment),
    perDay: lower(asked?.perDay, most.perDay),
    perMonth: lower(asked?.perMonth, most.perMonth),
  })
  return {
    ...limits,
    in: flow(own.in, limits.in),
    out: flow(own.out, limits.out),
    balance: lower(own.balance, limits.balance),
  }
}
