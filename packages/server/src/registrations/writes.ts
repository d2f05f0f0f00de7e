import type { RegistrationStatus } from '@pisto/contract'
import { type AccountPlan, type Companion, type CompanionRow, companion, sqlArray, toUuid } from '@pisto/ledger'
import type { TenantProfile } from '../tenants/profile.ts'
import type { Kind, KindName } from './kinds.ts'
import type { PhoneConfirmation, Registration } from './registration.ts'
import { insertRegistrations } from './rows.ts'
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

interface Move {
  readonly from: RegistrationStatus
  readonly to: Registration
}

/** Moves registrations whose status is still what was read; `refusal` differs by kind. */
const mover = (refusal: string): Companion<Move> =>
  companion<Move>({
    refusal,
    key: ({ to }) => to.id,
    sql: `update registrations r
          set status = x.next, tier = x.tier, account_id = x.account_id, finding = x.finding,
              policy_version = x.policy_version
          from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::smallint[], $7::uuid[], $8::text[], $9::text[])
            with ordinality as x(kind, id, previous, next, tier, account_id, finding, policy_version, n)
          where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id and r.status = x.previous
          returning x.n`,
    columns: (rows) => [
      sqlArray(rows.map(({ row }) => row.to.kind)),
      sqlArray(rows.map(({ row }) => toUuid(row.to.id))),
      sqlArray(rows.map(({ row }) => row.from)),
      sqlArray(rows.map(({ row }) => row.to.status)),
      sqlArray(rows.map(({ row }) => row.to.tier)),
      sqlArray(rows.map(({ row: { to } }) => (to.accountId === null ? null : toUuid(to.accountId, 'acc')))),
      sqlArray(rows.map(({ row }) => row.to.finding)),
      sqlArray(rows.map(({ row }) => row.to.policyVersion)),
    ],
  })

export const moveRegistrations: Readonly<Record<KindName, Companion<Move>>> = {
  merchant: mover('merchant_wrong_status'),
  consumer: mover('consumer_wrong_status'),
}

/** Notes that the phone of a registration was confirmed. */
export const confirmPhones = companion<{ kind: KindName; id: string; confirmation: PhoneConfirmation }>({
  key: ({ id }) => id,
  sql: `update registrations r set phone_confirmed_at = x.confirmed_at, phone_confirmed_by = x.confirmed_by
        from unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::text[]) as x(kind, id, confirmed_at, confirmed_by)
        where r.tenant_id = $1 and r.kind = x.kind and r.id = x.id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => toUuid(row.id))),
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
