import { type Companion, companion, type SqlValue, sqlArray, toUuid } from '@pisto/ledger'
import type { KindName } from '../kinds.ts'

/** A person about to be erased. */
export interface Erased {
  /** `mer_…` or `con_…` */
  readonly id: string
  readonly erasedAt: Date
}

/** One statement over persons, by uuid (`$2`), by TypeID (`$3`), with the time (`$4`) of each. */
const erasing = (sql: string): Companion<Erased> =>
  companion<Erased>({
    key: ({ id }) => id,
    sql,
    columns: (rows) => columnsOf(rows.map(({ row }) => row)),
  })

export const columnsOf = (erased: readonly Erased[]): SqlValue[] => [
  sqlArray(erased.map(({ id }) => toUuid(id))),
  sqlArray(erased.map(({ id }) => id)),
  sqlArray(erased.map(({ erasedAt }) => erasedAt)),
]

const PERSONS = 'unnest($2::uuid[], $3::text[], $4::timestamptz[]) as x(id, type_id, erased_at)'

/** Of whoever acted for an erased registration, and acts for no other one now. */
const ACTS_FOR_NOBODY_ELSE = (personId: string): string => `
  exists (select from members m where m.tenant_id = $1 and m.registration_id = x.id and m.person_id = ${personId})
  and not exists (
    select from members m
    where m.tenant_id = $1 and m.person_id = ${personId} and m.registration_id <> x.id and m.status = 'active'
  )`

/** Their sessions, as `s`. */
const SESSIONS = `(select t.id from sessions t, ${PERSONS} where t.tenant_id = $1 and ${ACTS_FOR_NOBODY_ELSE('t.person_id')}) as s`

/**
 * What goes with a person, beside the registration itself and what it is unique by. **A capability that stores
 * something about persons has its line here**: what is sealed opens no more without the key, and goes all the same; an
 * index, which is not sealed, must go.
 */
export const ERASED_ROWS: readonly Companion<Erased>[] = [
  erasing(`insert into erased_persons (tenant_id, person_id, erased_at)
           select $1, x.id, x.erased_at from ${PERSONS} on conflict (tenant_id, person_id) do nothing`),
  erasing(`delete from person_keys k using ${PERSONS} where k.tenant_id = $1 and k.person_id = x.id`),
  erasing(`delete from phone_verifications v using ${PERSONS} where v.tenant_id = $1 and v.registration_id = x.id`),
  erasing(`delete from messages m using ${PERSONS} where m.tenant_id = $1 and m.person_id = x.type_id`),
  erasing(`delete from business_names b using ${PERSONS} where b.tenant_id = $1 and b.registration_id = x.id`),
  erasing(`delete from person_likenesses p using ${PERSONS} where p.tenant_id = $1 and p.registration_id = x.id`),
  erasing(`delete from screening_people s using ${PERSONS} where s.tenant_id = $1 and s.person_id = x.id`),
  erasing(
    `update screenings s set hits = '[]', sealed_hits = null from ${PERSONS} where s.tenant_id = $1 and s.person_id = x.id`,
  ),
  erasing(`update cases c
           set status = 'lapsed', assigned_to = null, proposed_outcome = null, proposed_by = null, proposed_at = null,
             decided_at = x.erased_at, revision = c.revision + 1
           from ${PERSONS} where c.tenant_id = $1 and c.person_id = x.id
             and c.status in ('open', 'inReview', 'appealed')`),
  erasing(`update registration_decisions d set content = null from ${PERSONS}
           where d.tenant_id = $1 and d.registration_id = x.id`),
  erasing(`delete from document_parts p using documents d, ${PERSONS}
           where p.tenant_id = $1 and d.tenant_id = $1 and d.registration_id = x.id and p.document_id = d.id`),
  erasing(`update enrolments e set latitude = null, longitude = null, attestation = '', salt = null
           from ${PERSONS} where e.tenant_id = $1 and e.registration_id = x.type_id`),
  erasing(`insert into due (tenant_id, kind, reference, due_at)
           select $1, 'document.erase', d.id::text, x.erased_at from documents d, ${PERSONS}
           where d.tenant_id = $1 and d.registration_id = x.id on conflict (tenant_id, kind, reference) do nothing`),
  erasing(`delete from person_keys k using ${SESSIONS} where k.tenant_id = $1 and k.person_id = s.id`),
  erasing(`delete from sessions t using ${SESSIONS} where t.tenant_id = $1 and t.id = s.id`),
  erasing(`update people p set phone = null from ${PERSONS}
           where p.tenant_id = $1 and ${ACTS_FOR_NOBODY_ELSE('p.id')}`),
  erasing(`delete from payment_devices d using registrations r, ${PERSONS}
           where d.tenant_id = $1 and r.tenant_id = $1 and r.id = x.id and d.payer_account_id = r.account_id`),
  erasing(`delete from phone_limit_groups g using ${PERSONS} where g.tenant_id = $1 and g.left_by = x.id`),
  erasing(`delete from phone_verifications v using ${PERSONS}
           where v.tenant_id = $1 and v.kind = 'person' and ${ACTS_FOR_NOBODY_ELSE('v.registration_id')}`),
  erasing(`update members m set phone = null, sealed = null from ${PERSONS}
           where m.tenant_id = $1 and m.registration_id = x.id`),
  erasing(`insert into due (tenant_id, kind, reference, due_at)
           select $1, 'port.tell', p.id::text, x.erased_at from ports p, ${PERSONS}
           where p.tenant_id = $1 and p.merchant_id = x.id and p.direction = 'outgoing' and p.status = 'offered'
           on conflict (tenant_id, kind, reference) do nothing`),
  erasing(`update ports p set sealed = null, sealed_for = null, revision = p.revision + 1,
             status = case when p.direction = 'outgoing' and p.status = 'offered' then 'cancelled' else p.status end
           from ${PERSONS} where p.tenant_id = $1 and p.merchant_id = x.id and p.status <> 'accepted'`),
  erasing(
    `update import_rows i set external_id = '' from ${PERSONS} where i.tenant_id = $1 and i.registration_id = x.id`,
  ),
]

/** Only after a restore: nobody can compute the indexes any more. Reads the whole tables. */
export const RESTORED_ROWS: readonly string[] = ['registration_documents', 'registration_phones'].map(
  (table) => `delete from ${table} c using ${PERSONS} where c.tenant_id = $1 and c.registration_id = x.id`,
)

/** Also whoever is active in a restored database: an erased person has no account to use. */
const ERASE = `
  update registrations r
  set status = case when r.status = 'rejected' then r.status else 'closed' end, revision = r.revision + 1,
      sealed = ''::bytea, external_id = null, flags = null, finding = null, review_opened_at = null,
      review_assigned_to = null, approval_proposed_by = null, approval_proposed_at = null,
      approval_proposed_on = null, erased_at = x.erased_at,
      erasure_requested_at = coalesce(r.erasure_requested_at, x.erased_at),
      erasure_due_at = coalesce(r.erasure_due_at, x.erased_at), erasure_source = coalesce(r.erasure_source, x.source)`

export const ERASE_RESTORED = `${ERASE}
  from (select p.*, 'restored' as source from ${PERSONS.replace(' as x(', ' as p(')}) as x
  where r.tenant_id = $1 and r.id = x.id and r.erased_at is null`

interface ErasedRegistration extends Erased {
  readonly revision: number
  /** Why nothing keeps it. */
  readonly source: string
}

const eraser = (refusal: string): Companion<ErasedRegistration> =>
  companion<ErasedRegistration>({
    refusal,
    key: ({ id }) => id,
    sql: `${ERASE}
      from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::integer[], $6::text[])
        with ordinality as x(id, type_id, erased_at, read_revision, source, n)
      where r.tenant_id = $1 and r.id = x.id and r.revision = x.read_revision
      returning x.n`,
    columns: (rows) => [
      ...columnsOf(rows.map(({ row }) => row)),
      sqlArray(rows.map(({ row }) => row.revision)),
      sqlArray(rows.map(({ row }) => row.source)),
    ],
  })

/** Empties the registration, if nothing of it has changed since it was read. */
export const eraseRegistrations: Readonly<Record<KindName, Companion<ErasedRegistration>>> = {
  merchant: eraser('merchant_wrong_status'),
  consumer: eraser('consumer_wrong_status'),
}
