import type { FieldError } from '@pisto/contract'
import { PistoProblem } from '@pisto/contract'
import { documentKey } from '@pisto/identity'
import { type Companion, companion, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import { type DuplicateReason, mistake } from './reasons.ts'
import type { PersonDocument, Registration } from './registration.ts'

/** One document or phone of one registration that is neither closed nor rejected. */
interface Claim {
  readonly kind: KindName
  /** Blind index. */
  readonly value: string
  readonly registrationId: string
}

/** A row that finds its document or phone taken is not inserted, and refuses its transaction. */
const claimIn = (table: string, column: string, refusal: DuplicateReason): Companion<Claim> =>
  companion<Claim>({
    refusal,
    key: ({ kind, value }) => `${kind} ${value}`,
    idOf: ({ registrationId }) => toUuid(registrationId),
    sql: `insert into ${table} (tenant_id, kind, ${column}, registration_id)
          select $1, x.kind, x.value, x.id from unnest($2::text[], $3::text[], $4::uuid[]) as x(kind, value, id)
          on conflict (tenant_id, kind, ${column}) do nothing
          returning registration_id as id`,
    columns: (rows) => [
      sqlArray(rows.map(({ row }) => row.kind)),
      sqlArray(rows.map(({ row }) => row.value)),
      sqlArray(rows.map(({ row }) => toUuid(row.registrationId))),
    ],
  })

/** What commits with the keys of a registration: both are claimed, as far as they are given. */
export const claims = (
  { document, phone }: UniqueKeys,
  { kind, id: registrationId }: Pick<Registration, 'kind' | 'id'>,
) => [
  ...(document === null ? [] : [claimDocuments.row({ kind, value: document, registrationId })]),
  claimPhones.row({ kind, value: phone, registrationId }),
]

/** The same when it is over: both are free again. */
export const releases = (
  { document, phone }: UniqueKeys,
  { kind, id: registrationId }: Pick<Registration, 'kind' | 'id'>,
) => [
  ...(document === null ? [] : [releaseDocuments.row({ kind, value: document, registrationId })]),
  releasePhones.row({ kind, value: phone, registrationId }),
]

export const claimDocuments = claimIn('registration_documents', 'document_key', 'document_duplicate')
export const claimPhones = claimIn('registration_phones', 'phone', 'phone_duplicate')

/** Gives documents and phones of a registration free again; what another one has claimed stays. */
const releaseIn = (table: string, column: string): Companion<Claim> =>
  companion<Claim>({
    key: ({ kind, value }) => `${kind} ${value}`,
    sql: `delete from ${table} c
          using unnest($2::text[], $3::text[], $4::uuid[]) as x(kind, value, id)
          where c.tenant_id = $1 and c.kind = x.kind and c.${column} = x.value and c.registration_id = x.id`,
    columns: (rows) => [
      sqlArray(rows.map(({ row }) => row.kind)),
      sqlArray(rows.map(({ row }) => row.value)),
      sqlArray(rows.map(({ row }) => toUuid(row.registrationId))),
    ],
  })

export const releaseDocuments = releaseIn('registration_documents', 'document_key')
export const releasePhones = releaseIn('registration_phones', 'phone')

/** What makes a person unique within tenant and kind, as blind indexes. */
export interface UniqueKeys {
  /** Null: none is given. */
  readonly document: string | null
  readonly phone: string
}

/** Blind indexes: what is compared is not what it stands for. */
export const uniqueKeysOf = (
  { personalData }: { readonly personalData: PersonalData },
  tenantId: string,
  identity: Pick<Registration, 'country' | 'phone' | 'person'>,
): UniqueKeys => {
  const { country, person } = identity
  const document = person.document && documentKey({ country, ...canonical(person.document) })
  return {
    document: document && personalData.blindIndex(tenantId, 'document', document),
    phone: personalData.blindIndex(tenantId, 'phone', identity.phone),
  }
}

const canonical = ({ type, number }: PersonDocument) => ({ type, canonical: number })

/** Which of these documents and phones are registered already. */
export async function findTaken(
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  keys: readonly { readonly [Name in keyof UniqueKeys]: UniqueKeys[Name] | null }[],
): Promise<{ readonly documents: ReadonlySet<string>; readonly phones: ReadonlySet<string> }> {
  const rows = await reader.query<{ what: string; value: string }>(
    `select 'document' as what, document_key as value from registration_documents
     where tenant_id = $1 and kind = $2 and document_key = any($3::text[])
     union all
     select 'phone', phone from registration_phones
     where tenant_id = $1 and kind = $2 and phone = any($4::text[])`,
    [
      toUuid(tenantId, 'ten'),
      kind,
      sqlArray(keys.flatMap(({ document }) => document ?? [])),
      sqlArray(keys.flatMap(({ phone }) => phone ?? [])),
    ],
  )
  const valuesOf = (wanted: string) => new Set(rows.filter(({ what }) => what === wanted).map(({ value }) => value))
  return { documents: valuesOf('document'), phones: valuesOf('phone') }
}

/** @returns Who is registered with a document; undefined: nobody, or there is no document. */
export async function findHolder(
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  { document }: Pick<UniqueKeys, 'document'>,
): Promise<string | undefined> {
  if (document === null) return undefined
  const [row] = await reader.query<{ registration_id: string }>(
    `select registration_id from registration_documents where tenant_id = $1 and kind = $2 and document_key = $3`,
    [toUuid(tenantId, 'ten'), kind, document],
  )
  return row && toTypeId(KIND_PREFIX[kind], row.registration_id)
}

/** @param phone Blind index. @returns Who is registered with a phone: a merchant, a consumer, both or nobody. */
export async function findPhoneHolders(reader: Queryable, tenantId: string, phone: string): Promise<string[]> {
  const rows = await reader.query<{ kind: KindName; registration_id: string }>(
    `select kind, registration_id from registration_phones where tenant_id = $1 and phone = $2 order by kind desc`,
    [toUuid(tenantId, 'ten'), phone],
  )
  return rows.map(({ kind, registration_id }) => toTypeId(KIND_PREFIX[kind], registration_id))
}

/**
 * @param keys Null is nobody's.
 * @throws {PistoProblem} `document_duplicate`, else `phone_duplicate`; `errors` names both where both are taken
 */
export async function refuseDuplicates(
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  keys: { readonly [Name in keyof UniqueKeys]: UniqueKeys[Name] | null },
): Promise<void> {
  const taken = await findTaken(reader, tenantId, kind, [keys])
  const errors: FieldError[] = []
  const isTaken = taken.documents.size > 0
  if (isTaken) errors.push(mistake('documentNumber', 'document_duplicate'))
  if (taken.phones.size > 0) errors.push(mistake('phone', 'phone_duplicate'))
  const code = isTaken ? 'document_duplicate' : 'phone_duplicate'
  if (errors.length > 0) throw new PistoProblem(code, {}, { errors })
}
