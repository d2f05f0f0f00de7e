import {
  COUNTRY_CURRENCY,
  type CountryCode,
  NotFound,
  type OPERATIONS,
  type Policy as PolicyAnswer,
} from '@pisto/contract'
import { localDay } from '@pisto/ledger'
import type { Handlers } from '../platform/http/handlers.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { overrideOn } from '../registrations/policy/overrides.ts'
import { type Policy, policiesOf, policyOn } from '../registrations/policy/policy.ts'
import { showOverride } from '../tenants/service.ts'

/** The rules are the same for every tenant; its own limits are its own. */
export const policyHandlers = ({ clock }: Pick<Runtime, 'clock'>): Handlers<(typeof OPERATIONS)['policies']> => ({
  getPolicy({ country }, { tenant }) {
    if (!isServed(country)) throw new NotFound('policy_not_found', { country })
    const today = localDay(clock.now(), tenant.timeZone)
    const inForce = policyOn(country, today)
    const own = overrideOn(tenant, today)
    const overrides = tenant.country === country ? (tenant.policyOverrides ?? []) : []
    return {
      country,
      versions: policiesOf(country).map((policy) => showVersion(policy, policy === inForce)),
      overrides: overrides.map((one) => showOverride(one, one === own)),
    }
  },
})

const isServed = (country: string): country is CountryCode => Object.hasOwn(COUNTRY_CURRENCY, country)

function showVersion(policy: Policy, isInForce: boolean): PolicyAnswer['versions'][number] {
  const { country: _, evidenceSources, tiers, tenantMay, ...version } = policy
  return {
    ...version,
    tenantMay: tenantMay.map(({ tiers: of, figures, ...may }) => ({ ...may, tiers: [...of], figures: [...figures] })),
    isInForce,
    tiers: tiers.map(({ evidence, kinds, capabilities, ...tier }) => ({
      ...tier,
      kinds: [...kinds],
      evidence: evidence.map((requirement) => ({ requirement, source: evidenceSources[requirement] })),
      capabilities: capabilities as PolicyAnswer['versions'][number]['tiers'][number]['capabilities'],
    })),
  }
}
