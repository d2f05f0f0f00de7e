import type { AccountPlan, CompanionRow, LimitGroupPlan, Queryable } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { keepBusinessName } from './business-names.ts'
import type { Kind } from './kinds.ts'
import { keepLikeness } from './likeness.ts'
import { findLimitGroups, limitPerson } from './limit-groups.ts'
import type { Registration } from './registration.ts'
import type { RegistrationDeps } from './service.ts'
import { uniqueKeysOf } from './uniqueness.ts'
import { moving, walletOf } from './writes.ts'

type Deps = Pick<RegistrationDeps, 'ids' | 'personalData'>
type Where = Pick<Call, 'tenant' | 'tenantId'>
type Active = Registration & { readonly accountId: string }

interface Opening {
  readonly limitGroups: readonly LimitGroupPlan[]
  readonly accounts: readonly AccountPlan[]
  readonly companions: readonly CompanionRow[]
}

/** A document, and the limit group of whoever has it, as `findLimitGroups` has it. */
interface KnownDocument {
  readonly documentKey: string
  readonly groupId: string | undefined
}

/**
 * What opens with somebody who becomes active, beside the registration itself: a wallet, limited with all that the person
 * has, and what others are compared with from now on.
 *
 * @param document Left out: it is read.
 */
export async function opening(
  deps: Deps,
  reader: Queryable,
  { tenant, tenantId }: Where,
  kind: Pick<Kind<unknown>, 'walletPurpose'>,
  to: Active,
  document?: KnownDocument,
): Promise<Opening> {
  const { id, accountId } = to
  const { documentKey, groupId } = document ?? (await knownDocumentOf(deps, reader, tenantId, to))
  const person = { ...to, tenant, registrationId: id, documentKey }
  const limited = await limitPerson(deps.ids, reader, tenantId, person, groupId)
  return {
    limitGroups: limited.limitGroups,
    accounts: [walletOf(kind, tenant, { ownerId: id, accountId, ...limited })],
    companions: [...keepBusinessName(to), keepLikeness(deps, tenantId, to), ...limited.companions],
  }
}

async function knownDocumentOf(deps: Deps, reader: Queryable, tenantId: string, to: Active): Promise<KnownDocument> {
  const documentKey = uniqueKeysOf(deps, tenantId, to).document
  return { documentKey, groupId: (await findLimitGroups(reader, tenantId, [documentKey])).get(documentKey) }
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
