import type { CompanionRow, Queryable } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { rememberPhones } from './limit-group-claims.ts'
import { groupOfAccount } from './limit-groups.ts'
import type { Registration } from './registration.ts'
import { releases, uniqueKeysOf } from './uniqueness.ts'

/** What commits when somebody leaves: document and phone are free again, and lead to the same limits. */
export async function releasing(
  deps: { readonly personalData: PersonalData },
  reader: Queryable,
  tenantId: string,
  registration: Registration,
): Promise<CompanionRow[]> {
  const { accountId } = registration
  const keys = uniqueKeysOf(deps, tenantId, registration)
  const groupId = accountId === null ? undefined : await groupOfAccount(reader, tenantId, accountId)
  return [
    ...releases(keys, registration),
    ...(groupId === undefined ? [] : [rememberPhones.row({ phone: keys.phone, groupId })]),
  ]
}
