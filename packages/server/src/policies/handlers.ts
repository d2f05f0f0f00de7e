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
import { type Policy, policiesOf, policyOn } from '../registrations/policy/policy.ts'

/** The rules are the same for every tenant. */
export const policyHandlers = ({ clock }: Pick<Runtime, 'clock'>): Handlers<(typeof OPERATIONS)['policies']> => ({
  getPolicy({ country }, { tenant }) {
    if (!isServed(country)) throw new NotFound('policy_not_found', { country })
    const inForce = policyOn(country, localDay(clock.now(), tenant.timeZone))
    return { country, versions: policiesOf(country).map((policy) => showVersion(policy, policy === inForce)) }
  },
})

const isServed = (country: string): country is CountryCode => Object.hasOwn(COUNTRY_CURRENCY, country)

function showVersion(policy: Policy, isInForce: boolean): PolicyAnswer['versions'][number] {
  const { country: _, evidenceSources, tiers, ...version } = policy
  return {
    ...version,
    isInForce,
    tiers: tiers.map(({ evidence, kinds, capabilities, ...tier }) => ({
      ...tier,
      kinds: [...kinds],
      evidence: evidence.map((requirement) => ({ requirement, source: evidenceSources[requirement] })),
      capabilities: capabilities as PolicyAnswer['versions'][number]['tiers'][number]['capabilities'],
    })),
  }
}
