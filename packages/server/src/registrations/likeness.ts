import { likenessKeys } from '@pisto/identity/screening'
import { type CompanionRow, companion, sqlArray, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { type IdentifiedPerson, isIdentified, type Registration } from './registration.ts'
import { IS_SETTLED } from './settled-people.ts'

/** A person by what somebody who resembles them is found by. */
export interface Likeness {
  readonly registrationId: string
  readonly kind: Registration['kind']
  /** By date, year and day: blind, four bytes each. */
  readonly keys: readonly [date: number, year: number, day: number]
  /** Of the business; null: not known. */
  readonly department: string | null
}

type Whose = Pick<Registration, 'kind' | 'id' | 'business'> & { readonly person: IdentifiedPerson }

/** Asked for twice of whoever is registered. */
const known = new WeakMap<Registration['person'], { readonly tenantId: string; readonly keys: Likeness['keys'] }>()

export function likenessOf(personalData: PersonalData, tenantId: string, whose: Whose): Likeness {
  const { id: registrationId, kind, person, business } = whose
  const department = business?.municipality?.slice(0, 2) ?? null
  const before = known.get(person)
  if (before?.tenantId === tenantId) return { registrationId, kind, keys: before.keys, department }
  const { date, year, day } = likenessKeys(person)
  const blind = personalData.shortBlindIndexes(tenantId, 'likeness', [`date ${date}`, `year ${year}`, `day ${day}`])
  const keys = [blind.readInt32BE(0), blind.readInt32BE(4), blind.readInt32BE(8)] as const
  known.set(person, { tenantId, keys })
  return { registrationId, kind, keys, department }
}

const INSERT = `insert into person_likenesses (tenant_id, registration_id, kind, by_date, by_year, by_day, department)
  select $1, x.id, x.kind, x.by_date, x.by_year, x.by_day, x.department
  from unnest($2::uuid[], $3::text[], $4::integer[], $5::integer[], $6::integer[], $7::text[])
    as x(id, kind, by_date, by_year, by_day, department)`

const KEEP = companion<Likeness>({
  key: ({ registrationId }) => registrationId,
  sql: `${INSERT}
        on conflict (tenant_id, registration_id) do update set department = excluded.department`,
  columns: (rows) => columnsOf(rows.map(({ row }) => row)),
})

/** The same of those who were active before there was an index; whoever is over by now stays out of it. */
const FILL = companion<Likeness>({
  key: ({ registrationId }) => registrationId,
  sql: `${INSERT}
        join registrations r on r.tenant_id = $1 and r.kind = x.kind and r.id = x.id and r.${IS_SETTLED}
        on conflict (tenant_id, registration_id) do nothing`,
  columns: (rows) => columnsOf(rows.map(({ row }) => row)),
})

const DROP = companion<{ readonly registrationId: string }>({
  key: ({ registrationId }) => registrationId,
  sql: `delete from person_likenesses p using unnest($2::uuid[]) as x(id)
        where p.tenant_id = $1 and p.registration_id = x.id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.registrationId)))],
})

/** Six arrays, from id to department. */
export const columnsOf = (likenesses: readonly Likeness[]) => [
  sqlArray(likenesses.map(({ registrationId }) => toUuid(registrationId))),
  sqlArray(likenesses.map(({ kind }) => kind)),
  sqlArray(likenesses.map(({ keys }) => keys[0])),
  sqlArray(likenesses.map(({ keys }) => keys[1])),
  sqlArray(likenesses.map(({ keys }) => keys[2])),
  sqlArray(likenesses.map(({ department }) => department)),
]

type Deps = { readonly personalData: PersonalData }
type Somebody = Pick<Registration, 'kind' | 'id' | 'person' | 'business'>

/** What commits when somebody becomes active, or moves: from now on others are compared with them, if they are known. */
export const keepLikeness = (
  { personalData }: Deps,
  tenantId: string,
  { person, ...rest }: Somebody,
): CompanionRow[] => (isIdentified(person) ? [KEEP.row(likenessOf(personalData, tenantId, { ...rest, person }))] : [])

/** What commits when somebody who is active is found in no index. */
export const fillLikeness = (
  { personalData }: Deps,
  tenantId: string,
  { person, ...rest }: Somebody,
): CompanionRow[] => (isIdentified(person) ? [FILL.row(likenessOf(personalData, tenantId, { ...rest, person }))] : [])

export const dropLikeness = ({ id }: Pick<Registration, 'id'>): CompanionRow => DROP.row({ registrationId: id })
