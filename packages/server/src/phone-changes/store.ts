import { companion, sqlArray, toUuid } from '@pisto/ledger'

interface MovedPhone {
  /** `per_…` */
  readonly personId: string
  /** As `phoneIndex` gives them. */
  readonly from: string
  readonly to: string
}

/** A tenant's phones move one after another: so that whoever held the new one has let it go before. */
const ONE_BY_ONE = (): string => ''

/** Whoever signs in with the new phone from now on is this person. */
export const movePhones = companion<MovedPhone>({
  refusal: 'phone_duplicate',
  key: ONE_BY_ONE,
  sql: `update people p set phone = x.next
        from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as x(id, previous, next, n)
        where p.tenant_id = $1 and p.id = x.id and p.phone = x.previous
          and not exists (select from people q where q.tenant_id = $1 and q.phone = x.next)
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.personId, 'per'))),
    sqlArray(rows.map(({ row }) => row.from)),
    sqlArray(rows.map(({ row }) => row.to)),
  ],
})

/** Somebody who signed in with the new phone and acts for nobody lets it go. */
export const vacatePhones = companion<{ readonly personId: string }>({
  refusal: 'phone_duplicate',
  key: ONE_BY_ONE,
  sql: `update people p set phone = null from unnest($2::uuid[]) with ordinality as x(id, n)
        where p.tenant_id = $1 and p.id = x.id and not exists (
          select from members m where m.tenant_id = $1 and m.person_id = x.id and m.status = 'active'
        )
        returning x.n`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.personId, 'per')))],
})

/** Invitations that wait for the old phone wait for the new one; where that one is invited, too, they are withdrawn. */
export const moveInvitations = companion<{ readonly from: string; readonly to: string; readonly time: Date }>({
  key: ONE_BY_ONE,
  sql: `update members m
        set phone = case when again.id is null then x.next end,
            status = case when again.id is null then m.status else 'removed' end,
            removed_at = case when again.id is null then m.removed_at else x.time end
        from unnest($2::text[], $3::text[], $4::timestamptz[]) as x(previous, next, time)
        join members i on i.tenant_id = $1 and i.phone = x.previous and i.status = 'invited'
        left join members again on again.tenant_id = $1 and again.kind = i.kind and again.phone = x.next
          and again.registration_id = i.registration_id and again.status = 'invited'
        where m.tenant_id = $1 and m.id = i.id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.from)),
    sqlArray(rows.map(({ row }) => row.to)),
    sqlArray(rows.map(({ row }) => row.time)),
  ],
})

/** Signs a person out everywhere. `time`: protocol time. */
export const endSessions = companion<{ readonly personId: string; readonly time: Date }>({
  sql: `update sessions s set status = 'ended', end_reason = 'phoneChanged', ended_at = x.time, refresh_hash = null
        from unnest($2::uuid[], $3::timestamptz[]) as x(person_id, time)
        where s.tenant_id = $1 and s.person_id = x.person_id and s.status in ('active', 'pending')`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.personId, 'per'))),
    sqlArray(rows.map(({ row }) => row.time)),
  ],
})

interface LeftPhone {
  /** Blind index. */
  readonly phone: string
  readonly groupId: string
  /** `mer_…` or `con_…` */
  readonly registrationId: string
}

/** Whoever begins anew on a phone that was left counts in the limits of whoever left it. */
export const leavePhones = companion<LeftPhone>({
  key: ({ phone }) => phone,
  sql: `insert into phone_limit_groups as g (tenant_id, phone, group_id, left_by)
        select distinct on (x.phone) $1, x.phone, x.group_id, x.left_by
        from unnest($2::text[], $3::uuid[], $4::uuid[]) as x(phone, group_id, left_by)
        on conflict (tenant_id, phone) do update set left_by = excluded.left_by where g.group_id = excluded.group_id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.phone)),
    sqlArray(rows.map(({ row }) => toUuid(row.groupId, 'lgr'))),
    sqlArray(rows.map(({ row }) => toUuid(row.registrationId))),
  ],
})

/** The phones that somebody left and nobody has begun anew on lead to nobody's limits. */
export const forgetPhones = companion<{ readonly registrationId: string }>({
  sql: `delete from phone_limit_groups g using unnest($2::uuid[]) as x(id)
        where g.tenant_id = $1 and g.left_by = x.id and not exists (
          select from registration_phones p where p.tenant_id = $1 and p.phone = g.phone
        )`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.registrationId)))],
})
