import type { Queryable } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { findLookAlikes } from './business-names.ts'
import { withFlag } from './flags.ts'
import { isIdentified, type Registration } from './registration.ts'
import { findSimilarPersons } from './similar-persons.ts'

/** The registration with what is found about it now: before it is active, whenever something is given. */
export async function flagged(reader: Queryable, tenantId: string, registration: Registration): Promise<Registration> {
  const { id, business, flags } = registration
  if (business === null) return registration
  const lookAlike = await findLookAlikes(reader, tenantId, new Map([[id, business]]))
  return { ...registration, flags: withFlag(flags, 'name_resembles', lookAlike.get(id)) }
}

/** The same at the moment when it may become active: also whether the person may be there already, by another document. */
export async function flaggedArrival(
  deps: { readonly personalData: PersonalData },
  reader: Queryable,
  tenantId: string,
  registration: Registration,
): Promise<Registration> {
  const { person } = registration
  const [named, similar] = await Promise.all([
    flagged(reader, tenantId, registration),
    findSimilarPersons(deps, reader, tenantId, isIdentified(person) ? [{ ...registration, person }] : []),
  ])
  return { ...named, flags: withFlag(named.flags, 'person_resembles', similar.get(registration.id)) }
}
