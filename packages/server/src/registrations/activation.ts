import type { AccountPlan, CompanionRow, LimitGroupPlan, Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { keepBusinessName } from './business-names.ts'
import type { Kind } from './kinds.ts'
import { keepLikeness } from './likeness.ts'
import { findLimitGroups, type KnownGroups, limitPerson } from './limit-groups.ts'
import type { Registration } from './registration.ts'
import type { RegistrationDeps } from './service.ts'
import { type UniqueKeys, uniqueKeysOf } from './uniqueness.ts'
import { moving, walletOf } from './writes.ts'

type Deps = Pick<RegistrationDeps, 'ids' | 'personalData'>
type Where = Pick<Call, 'tenant' | 'tenantId'>
type Active = Registration & { readonly accountId: string }

interface Opening {
  readonly limitGroups: readonly LimitGroupPlan[]
  readonly accounts: readonly AccountPlan[]
  readonly companions: readonly CompanionRow[]
}

/**
 * What opens with somebody who becomes active, beside the registration itself: a wallet, limited with all that the person
 * has, and what others are compared with from now on.
 *
 * @param read Document and phone, and their limit groups; left out: they are read.
 */
export async function opening(
  deps: Deps,
  reader: Queryable,
  { tenant, tenantId }: Where,
  kind: Pick<Kind<unknown>, 'walletPurpose'>,
  to: Active,
  read?: { readonly keys: UniqueKeys; readonly known: KnownGroups },
): Promise<Opening> {
  const { id, accountId, tier } = to
  const keys = read?.keys ?? uniqueKeysOf(deps, tenantId, to)
  const person = { ...to, tenant, registrationId: id, keys }
  const groups = read?.known ?? (await findLimitGroups(reader, tenantId, [keys]))(keys)
  const limited = await limitPerson(deps.ids, reader, tenantId, person, groups)
  return {
    limitGroups: limited.limitGroups,
    accounts: [walletOf(kind, tenant, { ownerId: id, accountId, ...limited })],
    companions: [
      ...keepBusinessName(to),
      ...(tier > 0 ? keepLikeness(deps, tenantId, to) : []), // what nobody has verified yet may still change
      ...limited.companions,
    ],
  }
}

/**
 * What commits when a registration becomes active: it has a wallet, limited by its tier.
 *
 * @param to Active, with the id of the account that it gets.
 */
export async function activation(
  deps: Deps,
  reader: Queryable,
  where: Where,
  kind: Kind<unknown>,
  { from, to }: { readonly from: Registration; readonly to: Active },
): Promise<Opening> {
  const { companions, ...opened } = await opening(deps, reader, where, kind, to)
  return { ...opened, companions: [await moving(deps, reader, where.tenantId, { from, to }), ...companions] }
}
