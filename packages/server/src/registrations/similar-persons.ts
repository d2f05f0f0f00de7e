import { personResemblance } from '@pisto/identity/screening'
import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import type { Flag } from './flags.ts'
import { KIND_PREFIX } from './kinds.ts'
import { columnsOf, type Likeness, likenessOf } from './likeness.ts'
import type { Registration } from './registration.ts'
import { openPart } from './sealed-part.ts'

/** Somebody about to be active. */
export type Arriving = Pick<Registration, 'kind' | 'id' | 'person' | 'business'>

/** Who is looked at per key: a key that many share needs no more. */
const LOOKED_AT_MAX = 10
const NAMED_MAX = 5
const STRENGTH = { same: 0, alike: 1, near: 2 } as const

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
    const { registrationId: id, person } = one
    const flag = flagOf(person, [...(active.get(id) ?? []), ...atWork.near(one)])
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
export class EarlierPeople {
  readonly #byKey = new Map<string, Asked[]>()

  add(one: Asked): void {
    for (const key of keysOf(one)) {
      const known = this.#byKey.get(key)
      if (known === undefined) this.#byKey.set(key, [one])
      else if (known.length < LOOKED_AT_MAX) known.push(one)
    }
  }

  near(one: Asked): readonly Other[] {
    const near = new Set(keysOf(one).flatMap((key) => this.#byKey.get(key) ?? []))
    return [...near]
      .filter(({ department: there }) => there === null || one.department === null || there === one.department)
      .map(({ registrationId: id, person }) => ({ id, person }))
  }
}

const keysOf = ({ keys }: Likeness): readonly string[] => keys.map((key, index) => `${index} ${key}`)

function flagOf(person: Registration['person'], others: readonly Other[]): Flag | undefined {
  const alike = [...new Map(others.map((other) => [other.id, other.person]))]
    .flatMap(([id, other]) => {
      const how = isSameDocument(person, other) ? undefined : personResemblance(person, other)
      return how === undefined ? [] : [{ id, how }]
    })
    .sort((a, b) => STRENGTH[a.how] - STRENGTH[b.how] || (a.id < b.id ? -1 : 1))
  const [closest] = alike
  if (closest === undefined) return undefined
  return { code: 'person_resembles', how: closest.how, registrationIds: alike.slice(0, NAMED_MAX).map(({ id }) => id) }
}

const isSameDocument = ({ document: a }: Registration['person'], { document: b }: Registration['person']): boolean =>
  a.type === b.type && a.number === b.number
