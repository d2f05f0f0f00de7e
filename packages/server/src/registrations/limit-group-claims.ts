import { companion, sqlArray, toUuid } from '@pisto/ledger'

/** By what a limit group is found from now on. */
export interface LimitGroupClaim {
  readonly groupId: string
  /** Blind index; null: it leads to a group already, or there is none. */
  readonly document: string | null
  /** Blind index. */
  readonly phone: string
  /** `known`: it led to this group when the plan was made. `claimed`: now. `free`: to none, and none is to be made. */
  readonly onPhone: 'known' | 'claimed' | 'free'
}

/**
 * Of two registrations of one person in the same moment one makes the group; the other plans again and finds it. Those on
 * one phone never share a batch, so that each sees what the other one is.
 */
export const claimLimitGroups = companion<LimitGroupClaim>({
  refusal: 'document_duplicate',
  key: ({ phone }) => phone,
  sql: `with x as (
          select * from unnest($2::text[], $3::text[], $4::text[], $5::uuid[])
            with ordinality as x(document_key, phone, on_phone, id, n)
        ), documents as (
          insert into person_limit_groups (tenant_id, document_key, group_id)
          select $1, x.document_key, x.id from x where x.document_key is not null
          on conflict (tenant_id, document_key) do nothing
          returning document_key, group_id
        ), phones as (
          insert into phone_limit_groups (tenant_id, phone, group_id)
          select $1, x.phone, x.id from x where x.on_phone = 'claimed'
          on conflict (tenant_id, phone) do nothing
          returning phone
        )
        select x.n from x
        where (x.document_key is null or (x.document_key, x.id) in (select document_key, group_id from documents))
          and case x.on_phone
            when 'known' then true
            when 'claimed' then x.phone in (select phone from phones)
            else not exists (select from phone_limit_groups p where p.tenant_id = $1 and p.phone = x.phone and p.left_by is null)
          end`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.document)),
    sqlArray(rows.map(({ row }) => row.phone)),
    sqlArray(rows.map(({ row }) => row.onPhone)),
    sqlArray(rows.map(({ row }) => toUuid(row.groupId, 'lgr'))),
  ],
})

/** What commits when an account is closed: whoever begins anew on its phone has the same limits. */
export const rememberPhones = companion<{ readonly phone: string; readonly groupId: string }>({
  key: ({ phone }) => phone,
  sql: `insert into phone_limit_groups (tenant_id, phone, group_id)
        select $1, x.phone, x.id from unnest($2::text[], $3::uuid[]) as x(phone, id)
        on conflict (tenant_id, phone) do nothing`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.phone)),
    sqlArray(rows.map(({ row }) => toUuid(row.groupId, 'lgr'))),
  ],
})

/** Forgets whose limits a document and a phone count against, unless somebody else of the tenant is registered with it. */
export const forgetLimitGroups = companion<{
  readonly document: string | null
  readonly phone: string
  readonly id: string
}>({
  key: ({ phone }) => phone,
  sql: `with x as (select * from unnest($2::text[], $3::text[], $4::uuid[]) as x(document_key, phone, id)),
        phones as (
          delete from phone_limit_groups g using x
          where g.tenant_id = $1 and g.phone = x.phone and not exists (
            select from registration_phones p
            where p.tenant_id = $1 and p.phone = x.phone and p.registration_id <> x.id
          )
        )
        delete from person_limit_groups g using x
        where g.tenant_id = $1 and g.document_key = x.document_key and not exists (
          select from registration_documents d
          where d.tenant_id = $1 and d.document_key = x.document_key and d.registration_id <> x.id
        )`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.document)),
    sqlArray(rows.map(({ row }) => row.phone)),
    sqlArray(rows.map(({ row }) => toUuid(row.id))),
  ],
})
