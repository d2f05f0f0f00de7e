import type { Queryable } from '@pisto/ledger'
import { fullName } from './registration.ts'
import { findPublicRegistration, findRegistration, type RegistrationReading } from './store.ts'

/**
 * What people call whoever owns an account: a merchant by the name over its door, a consumer by its own.
 *
 * @returns Null: the account is the tenant's own, or its owner is not registered here, or has not given a name.
 */
export async function findOwnerName(
  deps: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  ownerId: string | null,
): Promise<string | null> {
  if (ownerId === null) return null
  const merchant = await findPublicRegistration(reader, tenantId, 'merchant', ownerId)
  if (merchant !== undefined) return merchant.business?.tradeName ?? null
  const consumer = await findRegistration(deps, reader, tenantId, 'consumer', ownerId)
  return consumer === undefined ? null : fullName(consumer.person)
}
