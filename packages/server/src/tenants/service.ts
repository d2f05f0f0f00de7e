import { type PolicyOverride as OverrideAnswer, PistoProblem, type Tenant, type UpdateTenant } from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import { actedBy } from '../operators/acts.ts'
import type { Call } from '../platform/http/call.ts'
import { requireRevision } from '../platform/http/revision.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { mistakesOf, overrideOn, type PolicyOverride } from '../registrations/policy/overrides.ts'
import { policiesOf } from '../registrations/policy/policy.ts'
import type { TenantDirectory } from './directory.ts'
import { countOverrides, insertOverrides } from './policy-overrides.ts'
import type { TenantProfile } from './profile.ts'

export interface TenantDeps extends Pick<Runtime, 'ledger' | 'clock' | 'random'> {
  readonly tenants: Pick<TenantDirectory, 'get' | 'forget'>
}

/**
 * Sets the institution's own limits anew, from a day on. What was decided before keeps its version.
 *
 * @throws {PistoProblem} `policy_override_refused`: each figure with its rule; `revision_stale`: not what `If-Match` says
 */
export async function updateTenant(
  { ledger, random, tenants }: TenantDeps,
  call: Call,
  { actor, policyOverrides: { effectiveFrom: given, source, tiers } }: UpdateTenant,
): Promise<Tenant> {
  const { tenant, tenantId, livemode } = call
  const act = actedBy(random, call, { actor, note: source.decision })
  const answer = await perform<Tenant>(ledger, call, async ({ reader, ledgerTime: createdAt }) => {
    const before = await countOverrides(reader, tenantId)
    requireRevision(call, before)
    const today = localDay(createdAt, tenant.timeZone)
    const effectiveFrom = given ?? today
    const errors = mistakesOf(policiesOf(tenant.country), { effectiveFrom, tiers }, today)
    if (errors.length > 0) throw new PistoProblem('policy_override_refused', {}, { errors })
    const number = before + 1
    const set: PolicyOverride = {
      ...{ number, version: `${tenant.code}-${number}`, effectiveFrom, source, tiers, decidedBy: actor, createdAt },
    }
    const policyOverrides = [...(tenant.policyOverrides ?? []).filter((one) => one.number < number), set]
    return {
      purpose: 'tenant.updated',
      references: { policyOverride: set.version },
      events: [{ type: 'tenant.updated', objectId: tenantId, status: 'active' }],
      commitments: act.commitments,
      companions: [insertOverrides.row(set), act.companion],
      answer: showTenant({ ...tenant, policyOverrides }, createdAt, livemode),
    }
  })
  tenants.forget()
  return answer
}

export function showTenant(tenant: TenantProfile, now: Date, livemode: boolean): Tenant {
  const { policyOverrides = [] } = tenant
  const last = policyOverrides.at(-1)
  const inForce = overrideOn(tenant, localDay(now, tenant.timeZone))
  return {
    id: tenant.id,
    livemode,
    code: tenant.code,
    name: tenant.name,
    country: tenant.country,
    currency: tenant.currency,
    timeZone: tenant.timeZone,
    logOrigin: tenant.logOrigin,
    policyOverrides: last === undefined ? null : showOverride(last, last === inForce),
    revision: policyOverrides.length,
    createdAt: tenant.createdAt.toISOString(),
  }
}

export const showOverride = (
  { version, effectiveFrom, source, tiers, decidedBy, createdAt }: PolicyOverride,
  isInForce: boolean,
): OverrideAnswer => ({
  version,
  isInForce,
  effectiveFrom,
  source,
  tiers,
  decidedBy,
  createdAt: createdAt.toISOString(),
})
