import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import type { Registration } from './registration.ts'
import { listRegistrations, type RegistrationReading } from './store.ts'

/** Where somebody stands in the order of the primary key. */
export interface Place {
  readonly kind: KindName
  /** UUID. */
  readonly id: string
}

/** Before everybody, as two words. */
export const FIRST_PLACE = 'consumer 00000000-0000-0000-0000-000000000000'

/** As `isSettled` has it. */
export const IS_SETTLED = "status in ('active', 'restricted', 'suspended')"

/** Those who were let in and are not over, after a place: `afterPlace` has the parameters. */
export const SETTLED_AFTER = `select kind, id from registrations
  where tenant_id = $1 and (kind, id) > ($2, $3) and ${IS_SETTLED}
  order by kind, id limit $4`

/** All that is known of some people; whoever is gone by now is left out. */
export async function readPlaces(
  deps: RegistrationReading & { readonly db: Queryable },
  tenantId: string,
  places: readonly Place[],
): Promise<Registration[]> {
  const pages = (['consumer', 'merchant'] as const).map((kind) => {
    const ids = places.filter((one) => one.kind === kind).map(({ id }) => toTypeId(KIND_PREFIX[kind], id))
    return ids.length === 0 ? [] : listRegistrations(deps, deps.db, tenantId, kind, { ids, limit: ids.length })
  })
  return (await Promise.all(pages)).flat()
}

/** @param reference Of a due item, that ends in a place. */
export function placeIn(reference: string): Place {
  const [kind, id = ''] = reference.split(' ').slice(-2)
  return { kind: kind === 'merchant' ? kind : 'consumer', id }
}

export const afterPlace = (tenantId: string, { kind, id }: Place, limit: number) =>
  [toUuid(tenantId, 'ten'), kind, id, limit] as const
