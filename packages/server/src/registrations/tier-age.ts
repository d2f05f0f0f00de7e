import { PistoProblem } from '@pisto/contract'
import { ageOn } from '@pisto/identity'
import type { Tier } from './policy/policy.ts'
import type { Registration } from './registration.ts'

/**
 * Is somebody old enough for a tier? Whoever has given no birth date is asked for it by the tier's evidence.
 *
 * @param today ISO 8601 date where the tenant is.
 * @throws {PistoProblem} `tier_age`: without the day from which on it is possible, which would tell their birthday
 */
export function requireAge(
  tier: Pick<Tier, 'tier' | 'minimumAge'> | undefined,
  { person: { dateOfBirth } }: Pick<Registration, 'person'>,
  today: string,
): void {
  if (tier === undefined || dateOfBirth === null) return
  const { years } = tier.minimumAge
  if (ageOn(dateOfBirth, today) < years) {
    throw new PistoProblem('tier_age', { tier: String(tier.tier), years: String(years) })
  }
}
