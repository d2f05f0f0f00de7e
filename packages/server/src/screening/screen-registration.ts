import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Registration } from '../registrations/registration.ts'
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
