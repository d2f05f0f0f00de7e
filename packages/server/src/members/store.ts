import { Conditions, companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import { selected } from '../platform/database/insert-rows.ts'
import { KIND_PREFIX, type KindName } from '../registrations/kinds.ts'
import type { Member, MemberStatus } from './member.ts'

const COLUMNS: readonly Column<Member>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'mbr')],
  ['kind', 'text', ({ kind }) => kind],
  ['registration_id', 'uuid', ({ registrationId }) => toUuid(registrationId)],
  ['person_id', 'uuid', ({ personId }) => personId && toUuid(personId, 'per')],
  ['role', 'text', ({ role }) => role],
  ['status', 'text', ({ status }) => status],
  ['phone', 'text', ({ phone }) => phone],
  ['sealed', 'bytea', ({ sealed }) => sealed],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
  ['joined_at', 'timestamptz', ({ joinedAt }) => joinedAt],
  ['removed_at', 'timestamptz', ({ removedAt }) => removedAt],
]

const SELECTED = selected(COLUMNS, 'm')
const NAMES = COLUMNS.map(([name]) => name)
const ARRAYS = COLUMNS.map(([, type], index) => `$${index + 2}::${type}[]`)

/** A shop's members change one after another: so that two owners cannot remove each other at once. */
const byRegistration = ({ registrationId }: Pick<Member, 'registrationId'>): string => registrationId

/** Refused where the person is a member already, or the phone invited. */
export const insertMembers = companion<Member>({
  refusal: 'member_duplicate',
  key: byRegistration,
  idOf: ({ id }) => toUuid(id),
  sql: `insert into members (tenant_id, ${NAMES.join(', ')})
        select $1, ${NAMES.map((name) => `x.${name}`).join(', ')}
        from unnest(${ARRAYS.join(', ')}) as x(${NAMES.join(', ')})
        on conflict do nothing
        returning id`,
  columns: (rows) => COLUMNS.map(([, , value]) => sqlArray(rows.map(({ row, posted }) => value(row, posted)))),
})

interface Move {
  readonly from: Member
  readonly to: Member
}

/** One that was moved meanwhile, or whose card was written anew, is not taken. */
export const moveMembers = companion<Move>({
  refusal: 'member_wrong_status',
  key: ({ to }) => byRegistration(to),
  sql: `update members m set status = x.next, role = x.next_role, person_id = x.person_id, phone = x.phone, sealed = x.sealed,
          joined_at = x.joined_at, removed_at = x.removed_at
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::bytea[],
                    $10::timestamptz[], $11::timestamptz[], $12::bytea[])
          with ordinality as x(id, previous, previous_role, next, next_role, person_id, phone, sealed, joined_at,
                               removed_at, previous_sealed, n)
        where m.tenant_id = $1 and m.id = x.id and m.status = x.previous and m.role = x.previous_role
          and m.sealed is not distinct from x.previous_sealed
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'mbr'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => row.from.role)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.role)),
    sqlArray(rows.map(({ row }) => row.to.personId && toUuid(row.to.personId, 'per'))),
    sqlArray(rows.map(({ row }) => row.to.phone)),
    sqlArray(rows.map(({ row }) => row.to.sealed)),
    sqlArray(rows.map(({ row }) => row.to.joinedAt)),
    sqlArray(rows.map(({ row }) => row.to.removedAt)),
    sqlArray(rows.map(({ row }) => row.from.sealed)),
  ],
})

/** Cards that nobody has written anew since they were read. Every sealing differs, so that its bytes are its version. */
export const rewriteCards = companion<{ readonly from: Member; readonly sealed: Uint8Array }>({
  refusal: 'phone_verification_wrong_status',
  key: ({ from }) => from.id,
  sql: `update members m set sealed = x.sealed
        from unnest($2::uuid[], $3::bytea[], $4::bytea[]) with ordinality as x(id, previous, sealed, n)
        where m.tenant_id = $1 and m.id = x.id and m.sealed = x.previous
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'mbr'))),
    sqlArray(rows.map(({ row }) => row.from.sealed)),
    sqlArray(rows.map(({ row }) => row.sealed)),
  ],
})

/** @returns Undefined: this registration has no such member; also for ids that are none. */
export async function findMember(
  reader: Queryable,
  tenantId: string,
  registrationId: string,
  id: string,
): Promise<Member | undefined> {
  if (!isTypeId(id, 'mbr') || !isTypeId(registrationId, registrationId.slice(0, 3))) return undefined
  const [row] = await reader.query<MemberRow>(
    `select ${SELECTED} from members m where m.tenant_id = $1 and m.id = $2 and m.registration_id = $3`,
    [toUuid(tenantId, 'ten'), toUuid(id), toUuid(registrationId)],
  )
  return row && toMember(row)
}

export interface MemberFilter {
  readonly kind: KindName
  readonly registrationId: string
  /** The shop's tills, or its people. */
  readonly tills: boolean
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listMembers(
  reader: Queryable,
  tenantId: string,
  { kind, registrationId, tills, before, limit }: MemberFilter,
): Promise<Member[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `m.kind = ${add(kind)} and m.registration_id = ${add(toUuid(registrationId))}`)
  where.add(() => `m.role ${tills ? '=' : '<>'} 'till'`)
  if (before !== undefined) where.add((add) => `m.id < ${add(toUuid(before, 'mbr'))}`)
  const rows = await reader.query<MemberRow>(
    `select ${SELECTED} from members m where m.tenant_id = $1${where.sql}
     order by m.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toMember)
}

/** Who owns a registration now. */
export async function findOwners(reader: Queryable, tenantId: string, registrationId: string): Promise<Member[]> {
  const rows = await reader.query<MemberRow>(
    `select ${SELECTED} from members m
     where m.tenant_id = $1 and m.registration_id = $2 and m.role = 'owner' and m.status = 'active'`,
    [toUuid(tenantId, 'ten'), toUuid(registrationId)],
  )
  return rows.map(toMember)
}

/** For which shops and wallets somebody acts. @param personId `per_…` */
export async function findActiveMembers(reader: Queryable, tenantId: string, personId: string): Promise<Member[]> {
  const rows = await reader.query<MemberRow>(
    `select ${SELECTED} from members m where m.tenant_id = $1 and m.person_id = $2 and m.status = 'active' order by m.id`,
    [toUuid(tenantId, 'ten'), toUuid(personId, 'per')],
  )
  return rows.map(toMember)
}

/** Invitations of a phone, as `phoneIndex` gives it. */
export async function findInvitations(reader: Queryable, tenantId: string, phone: string): Promise<Member[]> {
  const rows = await reader.query<MemberRow>(
    `select ${SELECTED} from members m where m.tenant_id = $1 and m.phone = $2 and m.status = 'invited' order by m.id`,
    [toUuid(tenantId, 'ten'), phone],
  )
  return rows.map(toMember)
}

interface MemberRow {
  readonly id: string
  readonly kind: KindName
  readonly registration_id: string
  readonly person_id: string | null
  readonly role: Member['role']
  readonly status: MemberStatus
  readonly phone: string | null
  readonly sealed: Uint8Array | null
  readonly created_at: Date
  readonly joined_at: Date | null
  readonly removed_at: Date | null
}

const toMember = (row: MemberRow): Member => ({
  id: toTypeId('mbr', row.id),
  kind: row.kind,
  registrationId: toTypeId(KIND_PREFIX[row.kind], row.registration_id),
  personId: row.person_id === null ? null : toTypeId('per', row.person_id),
  role: row.role,
  status: row.status,
  phone: row.phone,
  sealed: row.sealed,
  createdAt: row.created_at,
  joinedAt: row.joined_at,
  removedAt: row.removed_at,
})
