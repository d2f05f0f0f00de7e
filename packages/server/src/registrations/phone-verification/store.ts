import { companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { KIND_PREFIX, type KindName } from '../kinds.ts'
import type { PhoneVerification } from './states.ts'

/** Who asks for codes: of each, one code is pending. `person`: somebody who signed in, for a phone that becomes theirs. */
export interface CodeOwner {
  readonly kind: KindName | 'person'
  /** `mer_…`, `con_…` or `per_…` */
  readonly id: string
}

interface VerificationRow {
  readonly id: string
  readonly phone: string
  readonly code_hmac: Uint8Array
  readonly status: PhoneVerification['status']
  readonly wrong_tries: number
  readonly expires_at: Date
  readonly created_at: Date
}

/** @returns Undefined: this registration has no such verification. */
export async function findVerification(
  reader: Queryable,
  tenantId: string,
  owner: CodeOwner,
  id: string,
): Promise<PhoneVerification | undefined> {
  const found = await findOwnedVerification(reader, tenantId, id)
  return found?.owner.kind === owner.kind && found.owner.id === owner.id ? found.verification : undefined
}

/** The same where it is not known whose it is. */
export async function findOwnedVerification(
  reader: Queryable,
  tenantId: string,
  id: string,
): Promise<{ readonly owner: CodeOwner; readonly verification: PhoneVerification } | undefined> {
  if (!isTypeId(id, 'phv')) return undefined
  const [row] = await reader.query<VerificationRow & { readonly kind: CodeOwner['kind']; readonly owner_id: string }>(
    `select id, phone, code_hmac, status, wrong_tries, expires_at, created_at, kind, registration_id as owner_id
     from phone_verifications where tenant_id = $1 and id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return (
    row && {
      owner: { kind: row.kind, id: toTypeId(row.kind === 'person' ? 'per' : KIND_PREFIX[row.kind], row.owner_id) },
      verification: toVerification(row),
    }
  )
}

/** How many codes were asked for, for this phone, by protocol time. */
export async function countRequested(reader: Queryable, tenantId: string, phone: string, since: Date): Promise<number> {
  const [row] = await reader.query<{ count: bigint }>(
    'select count(*) as count from phone_verifications where tenant_id = $1 and phone = $2 and requested_at > $3',
    [toUuid(tenantId, 'ten'), phone, since],
  )
  return Number(row?.count ?? 0)
}

/** How many codes somebody asked for, for whichever phone, by protocol time. */
export async function countRequestedBy(
  reader: Queryable,
  tenantId: string,
  owner: CodeOwner,
  since: Date,
): Promise<number> {
  const [row] = await reader.query<{ count: bigint }>(
    `select count(*) as count from phone_verifications
     where tenant_id = $1 and kind = $2 and registration_id = $3 and requested_at > $4`,
    [toUuid(tenantId, 'ten'), owner.kind, toUuid(owner.id), since],
  )
  return Number(row?.count ?? 0)
}

/** Ends the pending verification of its owner, if there is one: a new one takes its place. */
export const replaceVerifications = companion<CodeOwner>({
  key: ({ id }) => id,
  sql: `update phone_verifications v set status = 'expired'
        from unnest($2::text[], $3::uuid[]) as x(kind, registration_id)
        where v.tenant_id = $1 and v.kind = x.kind and v.registration_id = x.registration_id and v.status = 'pending'`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.kind)), sqlArray(rows.map(({ row }) => toUuid(row.id)))],
})

interface NewVerification extends PhoneVerification {
  readonly owner: CodeOwner
  /** Protocol time. */
  readonly requestedAt: Date
}

export const insertVerifications = companion<NewVerification>({
  key: ({ phone }) => phone, // so that each start sees the ones before it in the count
  sql: `insert into phone_verifications
          (tenant_id, id, kind, registration_id, phone, code_hmac, status, wrong_tries, expires_at, created_at, requested_at)
        select $1, x.id, x.kind, x.registration_id, x.phone, x.code_hmac, 'pending', 0, x.expires_at, x.created_at,
               x.requested_at
        from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bytea[], $7::timestamptz[], $8::timestamptz[],
                    $9::timestamptz[])
          as x(id, kind, registration_id, phone, code_hmac, expires_at, created_at, requested_at)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.id, 'phv'))),
    sqlArray(rows.map(({ row }) => row.owner.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.owner.id))),
    sqlArray(rows.map(({ row }) => row.phone)),
    sqlArray(rows.map(({ row }) => row.codeHmac)),
    sqlArray(rows.map(({ row }) => row.expiresAt)),
    sqlArray(rows.map(({ row }) => row.createdAt)),
    sqlArray(rows.map(({ row }) => row.requestedAt)),
  ],
})

interface Tried {
  readonly from: PhoneVerification
  readonly to: Pick<PhoneVerification, 'status' | 'wrongTries'>
}

/** Notes a try. One that was tried meanwhile is not taken: nobody gets a try for free by asking twice at once. */
export const moveVerifications = companion<Tried>({
  refusal: 'phone_verification_wrong_status',
  key: ({ from }) => from.id,
  sql: `update phone_verifications v set status = x.next, wrong_tries = x.tries
        from unnest($2::uuid[], $3::smallint[], $4::text[], $5::smallint[]) with ordinality
          as x(id, previous_tries, next, tries, n)
        where v.tenant_id = $1 and v.id = x.id and v.status = 'pending' and v.wrong_tries = x.previous_tries
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'phv'))),
    sqlArray(rows.map(({ row }) => row.from.wrongTries)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.wrongTries)),
  ],
})

const toVerification = (row: VerificationRow): PhoneVerification => ({
  id: toTypeId('phv', row.id),
  phone: row.phone,
  codeHmac: row.code_hmac,
  status: row.status,
  wrongTries: row.wrong_tries,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
})
