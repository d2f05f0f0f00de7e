import {
  type AccountPlan,
  type Companion,
  type CompanionRow,
  companion,
  type Queryable,
  sqlArray,
  toUuid,
} from '@pisto/ledger'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import type { Kind, KindName } from './kinds.ts'
import type { PhoneConfirmation, Registration } from './registration.ts'
import {
  EDITABLE_COLUMNS,
  insertRegistrations,
  MOVABLE_COLUMNS,
  type RegistrationColumn,
  type SealedRegistration,
} from './rows.ts'
import { sealRegistration } from './sealed-part.ts'
import { claims, type UniqueKeys, uniqueKeysOf } from './uniqueness.ts'

interface WriteDeps {
  readonly personalData: PersonalData
}

/**
 * What commits with a new registration: its document and phone are claimed, or it is refused; it has a key.
 *
 * @param unique The registration's, where they are known.
 */
export async function registering(
  { personalData }: WriteDeps,
  tenantId: string,
  registration: Registration,
  unique: UniqueKeys = uniqueKeysOf({ personalData }, tenantId, registration),
): Promise<{ readonly key: PersonKey; readonly companions: readonly CompanionRow[] }> {
  const { id: registrationId, createdAt } = registration
  const { key, companion: inserting } = await personalData.newKey({ tenantId, personId: registrationId }, createdAt)
  const companions = [
    ...claims(unique, registration),
    inserting,
    insertRegistrations.row(sealRegistration(personalData, key, registration)),
  ]
  return { key, companions }
}

/** A registration as it was read, and as it shall be. Its revision grows by one. */
interface Move {
  readonly from: Pick<Registration, 'status' | 'revision'>
  readonly to: Registration
}
interface SealedMove {
  readonly from: Move['from']
  readonly to: SealedRegistration
}

/** Writes some columns of registrations of which nothing has changed since; `refusal` differs by kind. */
function writer(refusal: string, columns: readonly RegistrationColumn[]): Companion<SealedMove> {
  const names = columns.map(([name]) => name)
  const arrays = columns.map(([, type], index) => `$${index + 6}::${type}[]`)
  return companion<SealedMove>({
    refusal,
    key: ({ to }) => to.id,
    sql: `update registrations r
          set revision = r.revision + 1, ${names.map((name) => `${name} = x.${name}`).join(', ')}
          from unnest($2::text[], $3::uuid[], $4::text[], $5::integer[], ${arrays.join(', ')})
            with ordinality as x(kind, id, previous, read_revision, ${names.join(', ')}, n)
          where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id and r.status = x.previous
            and r.revision = x.read_revision
          returning x.n`,
    columns: (rows) => [
      sqlArray(rows.map(({ row }) => row.to.kind)),
      sqlArray(rows.map(({ row }) => toUuid(row.to.id))),
      sqlArray(rows.map(({ row }) => row.from.status)),
      sqlArray(rows.map(({ row }) => row.from.revision)),
      ...columns.map(([, , value]) => sqlArray(rows.map(({ row, posted }) => value(row.to, posted)))),
    ],
  })
}

const MOVES: Readonly<Record<KindName, Companion<SealedMove>>> = {
  merchant: writer('merchant_wrong_status', MOVABLE_COLUMNS),
  consumer: writer('consumer_wrong_status', MOVABLE_COLUMNS),
}

const EDITS: Readonly<Record<KindName, Companion<SealedMove>>> = {
  merchant: writer('merchant_wrong_status', EDITABLE_COLUMNS),
  consumer: writer('consumer_wrong_status', EDITABLE_COLUMNS),
}

/** What commits when a registration moves on. */
export const moving = (deps: WriteDeps, reader: Queryable, tenantId: string, move: Move): Promise<CompanionRow> =>
  written(MOVES, deps, reader, tenantId, move)

/** What commits when a person has given something anew. */
export const editing = (deps: WriteDeps, reader: Queryable, tenantId: string, move: Move): Promise<CompanionRow> =>
  written(EDITS, deps, reader, tenantId, move)

async function written(
  companions: Readonly<Record<KindName, Companion<SealedMove>>>,
  { personalData }: WriteDeps,
  reader: Queryable,
  tenantId: string,
  { from, to }: Move,
): Promise<CompanionRow> {
  const key = await personalData.keyOf(reader, { tenantId, personId: to.id })
  return companions[to.kind].row({ from, to: sealRegistration(personalData, key, to) })
}

/** Notes that the phone of a registration was confirmed; if anything has changed since, it is asked again. */
export const confirmPhones = companion<{
  readonly registration: Pick<Registration, 'kind' | 'id' | 'revision'>
  readonly confirmation: PhoneConfirmation
}>({
  refusal: 'code_expired',
  key: ({ registration }) => registration.id,
  sql: `update registrations r
        set phone_confirmed_at = x.confirmed_at, phone_confirmed_by = x.confirmed_by, revision = r.revision + 1
        from unnest($2::text[], $3::uuid[], $4::integer[], $5::timestamptz[], $6::text[])
          with ordinality as x(kind, id, read_revision, confirmed_at, confirmed_by, n)
        where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id and r.revision = x.read_revision
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.registration.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.registration.id))),
    sqlArray(rows.map(({ row }) => row.registration.revision)),
    sqlArray(rows.map(({ row }) => row.confirmation.at)),
    sqlArray(rows.map(({ row }) => row.confirmation.by)),
  ],
})

/** Notes whether alias and phone of a registration lead to its name. */
export const setFindable = companion<{ kind: KindName; id: string; isFindable: boolean }>({
  key: ({ id }) => id,
  sql: `update registrations r set is_findable = x.is_findable
        from unnest($2::text[], $3::uuid[], $4::boolean[]) as x(kind, id, is_findable)
        where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.id))),
    sqlArray(rows.map(({ row }) => row.isFindable)),
  ],
})

export interface WalletOwner {
  /** `mer_…` or `con_…` */
  readonly ownerId: string
  readonly accountId: string
  readonly limitGroupIds: readonly string[]
}

/** The wallet that a registration gets when it becomes active: the person's money, never below zero, limited. */
export const walletOf = (
  { walletPurpose }: Pick<Kind<unknown>, 'walletPurpose'>,
  tenant: TenantProfile,
  { ownerId, accountId, limitGroupIds }: WalletOwner,
): AccountPlan => ({
  accountId,
  purpose: walletPurpose,
  ownerId,
  currency: tenant.currency,
  normalSide: 'credit',
  noOverdraft: true,
  limitGroupIds,
})
