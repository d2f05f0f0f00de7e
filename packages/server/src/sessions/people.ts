import type { MemberRole } from '@pisto/contract'
import { type IdSource, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { KIND_PREFIX, type KindName } from '../registrations/kinds.ts'
import type { Membership } from './person.ts'

/** The person of a phone; the first time it is confirmed, a new one. @param phone As `phoneIndex` gives it; null: a till. */
export async function personOf(
  { db, ids }: { readonly db: Queryable; readonly ids: IdSource },
  tenantId: string,
  phone: string | null,
  now: Date,
): Promise<string> {
  const [tenant, id] = [toUuid(tenantId, 'ten'), ids.next('per')]
  const [made] = await db.query(
    `insert into people (tenant_id, id, phone, created_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, phone) do nothing returning id`,
    [tenant, toUuid(id, 'per'), phone, now],
  )
  if (made !== undefined) return id
  const found = phone === null ? undefined : await findPersonByPhone(db, tenantId, phone)
  if (found === undefined) throw new Error('a person was removed while signing in')
  return found
}

/** @param phone As `phoneIndex` gives it. @returns `per_…`; undefined: nobody has signed in with it. */
export async function findPersonByPhone(
  reader: Queryable,
  tenantId: string,
  phone: string,
): Promise<string | undefined> {
  const [row] = await reader.query<{ id: string }>('select id from people where tenant_id = $1 and phone = $2', [
    toUuid(tenantId, 'ten'),
    phone,
  ])
  return row && toTypeId('per', row.id)
}

/** Somebody with an active session, as the database has them now. */
export interface SignedIn {
  readonly personId: string
  readonly phone: string | null
  readonly deviceThumbprint: string
  readonly memberships: readonly Membership[]
}

/** @returns Undefined: the session has ended. */
export async function findSignedIn(
  reader: Queryable,
  tenantId: string,
  sessionId: string,
): Promise<SignedIn | undefined> {
  const rows = await reader.query<SignedInRow>(
    `select s.person_id, p.phone, s.device_thumbprint, m.id as member_id, m.kind, m.registration_id, m.role,
            r.account_id is not null as has_account
     from sessions s
     join people p on p.tenant_id = $1 and p.id = s.person_id
     left join members m on m.tenant_id = $1 and m.person_id = s.person_id and m.status = 'active'
     left join registrations r on r.tenant_id = $1 and r.kind = m.kind and r.id = m.registration_id
     where s.tenant_id = $1 and s.id = $2 and s.status = 'active' order by m.id`,
    [toUuid(tenantId, 'ten'), toUuid(sessionId, 'ses')],
  )
  const [first] = rows
  return (
    first && {
      personId: toTypeId('per', first.person_id),
      phone: first.phone,
      deviceThumbprint: first.device_thumbprint,
      memberships: rows.flatMap(toMembership),
    }
  )
}

interface SignedInRow {
  readonly person_id: string
  readonly phone: string | null
  readonly device_thumbprint: string
  readonly member_id: string | null
  readonly kind: KindName
  readonly registration_id: string
  readonly role: MemberRole
  readonly has_account: boolean
}

function toMembership({ member_id, kind, registration_id, role, has_account }: SignedInRow): Membership[] {
  if (member_id === null) return []
  return [
    {
      memberId: toTypeId('mbr', member_id),
      kind,
      registrationId: toTypeId(KIND_PREFIX[kind], registration_id),
      role,
      hasAccount: has_account,
    },
  ]
}
