import { canonicalJson } from '@pisto/proof'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Registration } from '../registrations/registration.ts'
import { isSettled } from '../registrations/states.ts'
import { type ScreeningDeps, type ScreeningEffect, type ScreeningMoment, screenPerson } from './screen-person.ts'
import type { ScreeningReason } from './screening.ts'
import { subjectsOf } from './subjects.ts'

/** Without a screening where there was no name to ask about. */
type RegistrationScreened =
  | ScreeningEffect
  | (Pick<ScreeningEffect, 'case' | 'companions' | 'events'> & { readonly screening?: undefined })

const NOBODY_KNOWN: RegistrationScreened = { case: undefined, companions: [], events: [] }

/**
 * Screens a merchant or consumer by what it has given, within a plan.
 *
 * @param newKey Of somebody who is registered by the same plan.
 */
export async function screenRegistration(
  deps: ScreeningDeps,
  moment: ScreeningMoment,
  registration: Pick<Registration, 'kind' | 'id' | 'country' | 'person' | 'business' | 'dossier'>,
  reason: ScreeningReason,
  newKey?: PersonKey,
): Promise<RegistrationScreened> {
  const { kind, id } = registration
  const subjects = subjectsOf(registration, deps)
  if (subjects.length === 0) return NOBODY_KNOWN
  const person = { tenantId: moment.tenantId, personId: id }
  return screenPerson(deps, moment, {
    person: { kind, id },
    subjects,
    reason,
    key: newKey ?? (await deps.personalData.keyOf(moment.reader, person)),
    isNew: newKey !== undefined,
  })
}

/**
 * Screens whoever was let in before and says something new of whom lists are asked about: a name on tier 0, an owner.
 * Whoever is not yet in is screened when they ask to be.
 */
export async function screenChange(
  deps: ScreeningDeps,
  moment: ScreeningMoment,
  from: Registration,
  to: Registration,
): Promise<RegistrationScreened> {
  if (!isSettled(from.status)) return NOBODY_KNOWN
  const [before, after] = [from, to].map((one) => canonicalJson(subjectsOf(one, deps)))
  if (before === after) return NOBODY_KNOWN
  return screenRegistration(deps, moment, to, 'registration')
}
