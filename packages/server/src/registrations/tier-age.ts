import { describe, PistoProblem, type Requirements } from '@pisto/contract'
import { ageOn } from '@pisto/identity'
import type { Tier } from './policy/policy.ts'
import type { Registration } from './registration.ts'

type Ages = Pick<Tier, 'tier' | 'minimumAge'>

/** @param age Whole years; null: no birth date was given, which the tier's evidence asks for. */
const isTooYoung = ({ minimumAge }: Ages, age: number | null): boolean => age !== null && age < minimumAge.years

/** Without the day from which on it is possible, which would tell their birthday. */
const tooYoung = ({ tier, minimumAge }: Ages): PistoProblem =>
  new PistoProblem('tier_age', { tier: String(tier), years: String(minimumAge.years) })

/**
 * @param today ISO 8601 date where the tenant is.
 * @returns Whole years; null: no birth date was given.
 */
export const ageOf = ({ person: { dateOfBirth } }: Pick<Registration, 'person'>, today: string): number | null =>
  dateOfBirth === null ? null : ageOn(dateOfBirth, today)

/**
 * Is somebody old enough for a tier?
 *
 * @param today ISO 8601 date where the tenant is.
 * @throws {PistoProblem} `tier_age`
 */
export function requireAge(tier: Ages | undefined, person: Pick<Registration, 'person'>, today: string): void {
  if (tier !== undefined && isTooYoung(tier, ageOf(person, today))) throw tooYoung(tier)
}

/** The same as `requirements` tells it: nothing that can be given helps. */
export function errorsOfAge(tier: Ages | undefined, age: number | null): Requirements['errors'] {
  if (tier === undefined || !isTooYoung(tier, age)) return []
  const { code, facts } = tooYoung(tier)
  const [message, messageEs] = [describe(code, facts, 'en'), describe(code, facts, 'es')]
  return [{ requirement: 'birthDate', code, message, messageEs }]
}
