import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Registration } from '../registrations/registration.ts'
import { type ScreeningDeps, type ScreeningEffect, type ScreeningMoment, screenPerson } from './screen-person.ts'
import type { ScreeningReason } from './screening.ts'
import { subjectsOf } from './subjects.ts'

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
): Promise<ScreeningEffect> {
  const { kind, id } = registration
  const person = { tenantId: moment.tenantId, personId: id }
  return screenPerson(deps, moment, {
    person: { kind, id },
    subjects: subjectsOf(registration, deps),
    reason,
    key: newKey ?? (await deps.personalData.keyOf(moment.reader, person)),
    isNew: newKey !== undefined,
  })
}
