import { type LookAlikeKeys, lookAlikeKeys, resemblance } from '@pisto/identity/look-alike'
import { companion, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { oncePerObject } from '../platform/once-per-object.ts'
import type { Flag } from './flags.ts'
import type { Business, Registration } from './registration.ts'
import { Earlier, flagOfClosest, LOOKED_AT_MAX, mayBeNear } from './resembling.ts'
import { IS_SETTLED } from './settled-people.ts'

/** An active business by what its name is found by. */
interface NamedBusiness extends LookAlikeKeys {
  /** `mer_…` */
  readonly registrationId: string
  readonly municipality: string | null
}

const namedBusiness = (registrationId: string, business: Business): NamedBusiness => ({
  registrationId,
  municipality: business.municipality,
  ...keysOfName(business),
})

/** Asked for twice of whoever is registered. */
const keysOfName = oncePerObject(({ tradeName }: Business) => lookAlikeKeys(tradeName))

const INSERT = `insert into business_names (tenant_id, registration_id, sounds, shape, municipality)
  select $1, x.id, x.sounds, x.shape, x.municipality
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as x(id, sounds, shape, municipality)`

/** What commits when a business becomes active, or moves: from now on others are compared with it. */
const KEEP = companion<NamedBusiness>({
  key: ({ registrationId }) => registrationId,
  sql: `${INSERT}
        on conflict (tenant_id, registration_id)
        do update set sounds = excluded.sounds, shape = excluded.shape, municipality = excluded.municipality`,
  columns: (rows) => columnsOf(rows.map(({ row }) => row)),
})

/** The same of those that were active before there was an index; one that is over by now stays out of it. */
const FILL = companion<NamedBusiness>({
  key: ({ registrationId }) => registrationId,
  sql: `${INSERT}
        join registrations r on r.tenant_id = $1 and r.kind = 'merchant' and r.id = x.id and r.${IS_SETTLED}
        on conflict (tenant_id, registration_id) do nothing`,
  columns: (rows) => columnsOf(rows.map(({ row }) => row)),
})

const DROP = companion<{ readonly registrationId: string }>({
  key: ({ registrationId }) => registrationId,
  sql: `delete from business_names b using unnest($2::uuid[]) as x(id)
        where b.tenant_id = $1 and b.registration_id = x.id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.registrationId, 'mer')))],
})

/** Four arrays, from id to municipality. */
const columnsOf = (businesses: readonly NamedBusiness[]) => [
  sqlArray(businesses.map(({ registrationId }) => toUuid(registrationId, 'mer'))),
  sqlArray(businesses.map(({ sounds }) => sounds)),
  sqlArray(businesses.map(({ shape }) => shape)),
  sqlArray(businesses.map(({ municipality }) => municipality)),
]

export const keepBusinessName = ({ id, business }: Pick<Registration, 'id' | 'business'>) =>
  business === null ? [] : [KEEP.row(namedBusiness(id, business))]

/** What commits when a business that is active is found in no index. */
export const fillBusinessName = ({ id, business }: Pick<Registration, 'id' | 'business'>) =>
  business === null ? [] : [FILL.row(namedBusiness(id, business))]

export const dropBusinessName = ({ id, business }: Pick<Registration, 'id' | 'business'>) =>
  business === null ? [] : [DROP.row({ registrationId: id })]

interface Neighbour {
  /** `mer_…` */
  readonly id: string
  readonly tradeName: string
}

/**
 * Which businesses are named confusingly like an active neighbour: one of the same municipality, or one of which, or
 * for which, no municipality is known. One query, however many names.
 *
 * @param businesses By the ids that they have or will have. None resembles itself; each is compared with those before
 *   it as with active ones.
 * @param atWork Others that are about to be active; those asked for join them.
 * @returns At most one flag for each id; it names the closest five.
 */
export async function findLookAlikes(
  reader: Queryable,
  tenantId: string,
  businesses: ReadonlyMap<string, Business>,
  atWork = new EarlierNames(),
): Promise<ReadonlyMap<string, Flag>> {
  const asked = [...businesses].map(([id, business]) => ({ ...namedBusiness(id, business), ...business }))
  if (asked.length === 0) return new Map()
  const active = await findActiveNeighbours(reader, tenantId, asked)
  const flags = asked.flatMap((business) => {
    const { registrationId: id, tradeName, municipality } = business
    const earlier = atWork.near(business).filter((other) => mayBeNear(municipality, other.municipality))
    const others = [...(active.get(id) ?? []), ...earlier.map(neighbourOf)]
    const flag = flagOfClosest('name_resembles', others, (other) => resemblance(tradeName, other.tradeName))
    atWork.add(business)
    return flag === undefined ? [] : [[id, flag] as const]
  })
  return new Map(flags)
}

type Asked = NamedBusiness & Business

async function findActiveNeighbours(
  reader: Queryable,
  tenantId: string,
  asked: readonly NamedBusiness[],
): Promise<ReadonlyMap<string, readonly Neighbour[]>> {
  const rows = await reader.query<{ asked_id: string; id: string; trade_name: string }>(
    `with near as materialized (
       select x.id as asked_id, b.id
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as x(id, sounds, shape, municipality)
       cross join lateral (${nearBy('sounds')} union ${nearBy('shape')}) as b(id)
     )
     select n.asked_id, r.id, r.trade_name
     from near n join registrations r on r.tenant_id = $1 and r.kind = 'merchant' and r.id = n.id`,
    [toUuid(tenantId, 'ten'), ...columnsOf(asked)],
  )
  const found = new Map<string, Neighbour[]>()
  for (const { asked_id, id, trade_name: tradeName } of rows) {
    const askedId = toTypeId('mer', asked_id)
    found.set(askedId, [...(found.get(askedId) ?? []), { id: toTypeId('mer', id), tradeName }])
  }
  return found
}

const nearBy = (key: 'sounds' | 'shape'): string =>
  `(select b.registration_id from business_names b
    where b.tenant_id = $1 and b.${key} = x.${key} and b.registration_id <> x.id
      and (x.municipality is null or b.municipality is null or b.municipality = x.municipality)
    limit ${LOOKED_AT_MAX})`

/** Names that will be active by the time the next one is. */
export class EarlierNames extends Earlier<Asked> {
  constructor() {
    super(({ sounds, shape }) => [`sounds ${sounds}`, `shape ${shape}`])
  }
}

const neighbourOf = ({ registrationId: id, tradeName }: Asked): Neighbour => ({ id, tradeName })
