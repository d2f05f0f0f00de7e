import type { Queryable } from '@pisto/ledger'
import { findLookAlikes } from './business-names.ts'
import { withFlag } from './flags.ts'
import type { Registration } from './registration.ts'

/** The registration with what is found about it now: before it is active, whenever something is given. */
export async function flagged(reader: Queryable, tenantId: string, registration: Registration): Promise<Registration> {
  const { id, business, flags } = registration
  if (business === null) return registration
  const lookAlike = await findLookAlikes(reader, tenantId, new Map([[id, business]]))
  return { ...registration, flags: withFlag(flags, 'name_resembles', lookAlike.get(id)) }
}
