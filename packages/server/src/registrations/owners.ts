import type { Queryable } from '@pisto/ledger'
import { findRegistration } from './store.ts'

/**
 * What people call whoever owns an account: a merchant by the name over its door, a consumer by its own.
 *
 * @returns Null: the account is the tenant's own, or its owner is not registered here.
 */
export async function findOwnerName(
  reader: Queryable,
  tenantId: string,
  ownerId: string | null,
): Promise<string | null> {
  if (ownerId === null) return null
  const kind = ownerId.startsWith('mer_') ? 'merchant' : 'consumer'
  const owner = await findRegistration(reader, tenantId, kind, ownerId)
  if (owner === undefined) return null
  return owner.business?.tradeName ?? `${owner.person.givenNames} ${owner.person.familyNames}`
}
