import type { Resemblance } from '@pisto/identity/look-alike'
import { personResemblance } from '@pisto/identity/screening'
import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import type { Flag } from './flags.ts'
import { KIND_PREFIX } from './kinds.ts'
import { columnsOf, type Likeness, likenessOf } from './likeness.ts'
import { type IdentifiedPerson, isIdentified, type Registration } from './registration.ts'
import { Earlier, flagOfClosest, LOOKED_AT_MAX, mayBeNear } from './resembling.ts'
import { openPart } from './sealed-part.ts'

/** Somebody about to be active. */
export type Arriving = Pick<Registration, 'kind' | 'id' | 'business'> & { readonly person: IdentifiedPerson }

interface Other {
  readonly id: string
  readonly person: Registration['person']
}

/**
 * Who resembles somebody active who has another document: nearly the same name, the same birth date or one slip away,
 * and the same department or none known. Of both kinds; whoever has the same document is the same person, and no
 * resemblance. One query, however many people, and one more for the keys of those who are found.
 *
 * @param atWork Others that are about to be active; those asked for join them.
 * @returns At most one flag for each id; it names the closest five.
 */
export async function findSimilarPersons(
  { personalData }: { readonly personalData: PersonalData },
  reader: Queryable,
  tenantId: string,
  arriving: readonly Arriving[],
  atWork = new EarlierPeople(),
): Promise<ReadonlyMap<string, Flag>> {
  if (arriving.length === 0) return new Map()
  const asked = arriving.map((one) => ({ ...likenessOf(personalData, tenantId, one), person: one.person }))
  const active = await findActive(personalData, reader, tenantId, asked)
  const flags = asked.flatMap((one) => {
    const { registrationId: id, person, department } = one
    const earlier = atWork.near(one).filter((other) => mayBeNear(department, other.department))
    const others = [...(active.get(id) ?? []), ...earlier.map(otherOf)]
    const flag = flagOfClosest('person_resembles', others, (other) => resemblanceOf(person, other))
    atWork.add(one)
    return flag === undefined ? [] : [[id, flag] as const]
  })
  return new Map(flags)
}

async function findActive(
  personalData: PersonalData,
  reader: Queryable,
  tenantId: string,
  asked: readonly Likeness[],
): Promise<ReadonlyMap<string, readonly Other[]>> {
  const rows = await reader.query<{
    asked_id: string
    asked_kind: Registration['kind']
    id: string
    kind: Registration['kind']
    sealed: Uint8Array
  }>(
    `with near as materialized (
       select x.id as asked_id, x.kind as asked_kind, p.id, p.kind
       from unnest($2::uuid[], $3::text[], $4::integer[], $5::integer[], $6::integer[], $7::text[])
         as x(id, kind, by_date, by_year, by_day, department)
       cross join lateral (${['by_date', 'by_year', 'by_day'].map(nearBy).join(' union ')}) as p(id, kind)
     )
     select n.asked_id, n.asked_kind, r.id, r.kind, r.sealed
     from near n join registrations r on r.tenant_id = $1 and r.kind = n.kind and r.id = n.id`,
    [toUuid(tenantId, 'ten'), ...columnsOf(asked)],
  )
  const idOf = ({ kind, id }: (typeof rows)[number]): string => toTypeId(KIND_PREFIX[kind], id)
  const keys = await personalData.keysOf(reader, tenantId, new Set(rows.map(idOf)))
  const found = new Map<string, Other[]>()
  for (const row of rows) {
    const [id, askedId] = [idOf(row), toTypeId(KIND_PREFIX[row.asked_kind], row.asked_id)]
    const key = keys.get(id)
    if (key === undefined) continue // erased in this moment
    found.set(askedId, [...(found.get(askedId) ?? []), { id, person: openPart(key, row.sealed).person }])
  }
  return found
}

const nearBy = (key: string): string =>
  `(select p.registration_id, p.kind from person_likenesses p
    where p.tenant_id = $1 and p.${key} = x.${key} and p.registration_id <> x.id
      and (x.department is null or p.department is null or p.department = x.department)
    limit ${LOOKED_AT_MAX})`

type Asked = Likeness & Pick<Arriving, 'person'>

/** People that will be active by the time the next one is. */
export class EarlierPeople extends Earlier<Asked> {
  constructor() {
    super(({ keys }) => keys.map((key, index) => `${index} ${key}`))
  }
}

const otherOf = ({ registrationId: id, person }: Asked): Other => ({ id, person })

function resemblanceOf(person: IdentifiedPerson, { person: other }: Other): Resemblance | undefined {
  return !isIdentified(other) || isSameDocument(person, other) ? undefined : personResemblance(person, other)
}

const isSameDocument = ({ document: a }: IdentifiedPerson, { document: b }: IdentifiedPerson): boolean =>
  a.type === b.type && a.number === b.number
