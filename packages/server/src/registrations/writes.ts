import { type AccountPlan, type Companion, type CompanionRow, companion, sqlArray, toUuid } from '@pisto/ledger'
import type { TenantProfile } from '../tenants/profile.ts'
import type { Kind, KindName } from './kinds.ts'
import type { PhoneConfirmation, Registration } from './registration.ts'
import { EDITABLE_COLUMNS, insertRegistrations, MOVABLE_COLUMNS, type RegistrationColumn } from './rows.ts'
import { claimDocuments, claimPhones, uniqueKeysOf } from './uniqueness.ts'

/** What commits with a new registration: its document and phone are claimed, or it is refused. */
export function registering(registration: Registration): CompanionRow[] {
  const { kind, id: registrationId } = registration
  const { document, phone } = uniqueKeysOf(registration)
  return [
    claimDocuments.row({ kind, value: document, registrationId }),
    claimPhones.row({ kind, value: phone, registrationId }),
    insertRegistrations.row(registration),
  ]
}

/** A registration as it was read, and as it shall be. Its revision grows by one. */
interface Move {
  readonly from: Pick<Registration, 'status' | 'revision'>
  readonly to: Registration
}

/** Writes some columns of registrations of which nothing has changed since; `refusal` differs by kind. */
function writer(refusal: string, columns: readonly RegistrationColumn[]): Companion<Move> {
  const names = columns.map(([name]) => name)
  const arrays = columns.map(([, type], index) => `$${index + 6}::${type}[]`)
  return companion<Move>({
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

/** Moves registrations on. */
export const moveRegistrations: Readonly<Record<KindName, Companion<Move>>> = {
  merchant: writer('merchant_wrong_status', MOVABLE_COLUMNS),
  consumer: writer('consumer_wrong_status', MOVABLE_COLUMNS),
}

/** Writes what a person has given anew. */
export const editRegistrations: Readonly<Record<KindName, Companion<Move>>> = {
  merchant: writer('merchant_wrong_status', EDITABLE_COLUMNS),
  consumer: writer('consumer_wrong_status', EDITABLE_COLUMNS),
}

/** Notes that the phone of a registration was confirmed: the one that it still has. */
export const confirmPhones = companion<{
  kind: KindName
  id: string
  phone: string
  confirmation: PhoneConfirmation
}>({
  refusal: 'code_expired',
  key: ({ id }) => id,
  sql: `update registrations r
        set phone_confirmed_at = x.confirmed_at, phone_confirmed_by = x.confirmed_by, revision = r.revision + 1
        from unnest($2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[])
          with ordinality as x(kind, id, phone, confirmed_at, confirmed_by, n)
        where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id and r.phone = x.phone
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.id))),
    sqlArray(rows.map(({ row }) => row.phone)),
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
