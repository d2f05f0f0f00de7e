import type { Plan, Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { keepBusinessName } from './business-names.ts'
import type { Kind } from './kinds.ts'
import { keepLikeness } from './likeness.ts'
import { findLimitGroups, highestTier, limitPerson } from './limit-groups.ts'
import type { Registration } from './registration.ts'
import type { RegistrationDeps } from './service.ts'
import { uniqueKeysOf } from './uniqueness.ts'
import { moving, walletOf } from './writes.ts'

type Activation = Pick<Plan<never>, 'limitGroups' | 'accounts' | 'companions'>

/**
 * What commits when a registration becomes active: it has a wallet, limited by its tier.
 *
 * @param to Active, with the id of the account that it gets.
 */
export async function activation(
  deps: Pick<RegistrationDeps, 'ids' | 'personalData'>,
  reader: Queryable,
  { tenant, tenantId }: Pick<Call, 'tenant' | 'tenantId'>,
  kind: Kind<unknown>,
  { from, to }: { readonly from: Registration; readonly to: Registration & { readonly accountId: string } },
): Promise<Activation> {
  const { id, accountId } = to
  const documentKey = uniqueKeysOf(deps, tenantId, to).document
  const known = (await findLimitGroups(reader, tenantId, [documentKey])).get(documentKey)
  const tier = known === undefined ? to.tier : Math.max(to.tier, await highestTier(reader, tenantId, documentKey))
  const limited = limitPerson(deps.ids, { ...to, tenant, tier, registrationId: id, documentKey }, known)
  return {
    limitGroups: limited.limitGroups,
    accounts: [walletOf(kind, tenant, { ownerId: id, accountId, ...limited })],
    companions: [
      await moving(deps, reader, tenantId, { from, to }),
      ...keepBusinessName(to),
      keepLikeness(deps, tenantId, to),
      ...limited.companions,
    ],
  }
}
