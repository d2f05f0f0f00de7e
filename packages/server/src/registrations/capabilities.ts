import type { Merchant } from '@pisto/contract'
import { type CapabilityName, policyOf, tierOf } from './policy/policy.ts'
import type { PublicRegistration, Registration } from './registration.ts'

/** Reasons: a case about the person must be decided first; somebody is looking at it. */
export const HELD = 'screening'
export const UNDER_REVIEW = 'underReview'

type Capability = Merchant['capabilities']['payout']

/** May this one do it now? */
export const canUse = (registration: PublicRegistration, name: CapabilityName): boolean =>
  capabilityOf({ ...registration, notice: null }, name).status === 'active'

/**
 * What a registration may do, or why not (yet): from its status, its tier and its country's policy. Whoever is suspended
 * or restricted neither pays nor is paid, and still holds what it has.
 */
export function capabilityOf(
  registration: PublicRegistration & Pick<Registration, 'notice'>,
  name: CapabilityName,
): Capability {
  const { status, finding, isHeld, notice } = registration
  switch (status) {
    case 'draft':
    case 'returned':
      return { status: 'inactive', reasons: [status] }
    case 'submitted':
    case 'inReview':
      return { status: 'pending', reasons: [finding ?? UNDER_REVIEW] }
    case 'active':
      if (isHeld && name !== 'holdBalance') return { status: 'paused', reasons: [HELD] }
      return grantedTo(registration, name)
    case 'restricted':
    case 'suspended':
      if (name === 'holdBalance') return grantedTo(registration, name)
      return { status: 'paused', reasons: [status, ...(notice?.codes ?? [])] }
    case 'rejected':
    case 'closed':
      return { status: 'inactive', reasons: [status] }
  }
}

function grantedTo(registration: PublicRegistration, name: CapabilityName): Capability {
  const { tier, kind } = registration
  const granted = tierOf(policyOf(registration), tier)?.capabilities[kind].includes(name) ?? false
  return granted ? { status: 'active', reasons: [] } : { status: 'inactive', reasons: ['tier'] }
}
