import type { CountryCode } from '@pisto/contract'
import {
  type CompanionRow,
  companion,
  type IdSource,
  type LimitGroupPlan,
  type Limits,
  type Queryable,
  sqlArray,
  toTypeId,
  toUuid,
} from '@pisto/ledger'
import type { TenantProfile } from '../tenants/profile.ts'
import { limitsUnder } from './policy/overrides.ts'
import { type Flow, type Policy, policyOf, tierOf } from './policy/policy.ts'

/** What a plan says, so that a person is limited as one, whether merchant, consumer or both. */
export interface LimitedPerson {
  readonly limitGroups: readonly LimitGroupPlan[]
  readonly limitGroupIds: readonly string[]
  readonly companions: readonly CompanionRow[]
}

export interface PersonOnTier {
  readonly country: CountryCode
  readonly tenant: Pick<TenantProfile, 'country' | 'policyOverrides'>
  /** Under which the tier was given. */
  readonly policyVersion: string
  readonly tier: number
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  /** As `uniqueKeysOf` gives it. */
  readonly documentKey: string
}

/** @returns Limit groups by document, of those that have one. */
export async function findLimitGroups(
  reader: Queryable,
  tenantId: string,
  documentKeys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await reader.query<{ document_key: string; group_id: string }>(
    `select document_key, group_id from person_limit_groups where tenant_id = $1 and document_key = any($2::text[])`,
    [toUuid(tenantId, 'ten'), sqlArray(documentKeys)],
  )
  return new Map(rows.map((row) => [row.document_key, toTypeId('lgr', row.group_id)]))
}

/** The highest tier that the person of a document is on already, as merchant or consumer. @returns 0: on none. */
async function highestTier(reader: Queryable, tenantId: string, documentKey: string): Promise<number> {
  const [row] = await reader.query<{ tier: number | null }>(
    `select max(r.tier)::integer as tier from registration_documents d
     join registrations r on r.tenant_id = d.tenant_id and r.kind = d.kind and r.id = d.registration_id
     where d.tenant_id = $1 and d.document_key = $2 and r.status in ('active', 'restricted', 'suspended')`,
    [toUuid(tenantId, 'ten'), documentKey],
  )
  return row?.tier ?? 0
}

/**
 * Sets the limits of the person's group, which is made if there is none: those of the highest tier that they are on.
 *
 * @param person With the tier that they are given now.
 * @param known The person's group as `findLimitGroups` has it.
 */
export async function limitPerson(
  ids: IdSource,
  reader: Queryable,
  tenantId: string,
  person: PersonOnTier,
  known: string | undefined,
): Promise<LimitedPerson> {
  const { tenant, policyVersion, registrationId, documentKey } = person
  const before = known === undefined ? 0 : await highestTier(reader, tenantId, documentKey)
  const tier = Math.max(person.tier, before)
  const groupId = known ?? ids.next('lgr')
  const policy = policyOf(person)
  const { currency } = policy
  return {
    limitGroups: [
      {
        groupId,
        ownerId: registrationId,
        currency,
        policyVersion: versionOf(policy, policyVersion),
        limits: limitsOn(policy, tier, { tenant, policyVersion }),
      },
    ],
    limitGroupIds: [groupId],
    companions: known === undefined ? [claimLimitGroups.row({ documentKey, groupId })] : [],
  }
}

/** Of a tier, as the ledger enforces them. @throws {Error} the policy has no such tier */
export function limitsOn(policy: Policy, tier: number, own?: Pick<PersonOnTier, 'tenant' | 'policyVersion'>): Limits {
  const widest = tierOf(policy, tier)?.limits
  const limits = widest && own ? limitsUnder(widest, tier, own.tenant, own.policyVersion) : widest
  if (limits === undefined) throw new Error(`${policy.version} has no tier ${tier}`)
  return { balance: limits.balance, in: flowOf(limits.in), out: flowOf(limits.out) }
}

/** The policy's version, and the override's. */
const versionOf = ({ version }: Policy, policyVersion: string): string =>
  [version, ...policyVersion.split('+').slice(1)].join('+')

const flowOf = ({ perPayment, perDay, perMonth }: Flow) => ({ day: perDay, month: perMonth, single: perPayment })

/** Of two registrations of one person in the same moment one makes the group; the other plans again and finds it. */
const claimLimitGroups = companion<{ readonly documentKey: string; readonly groupId: string }>({
  refusal: 'document_duplicate',
  key: ({ documentKey }) => documentKey,
  idOf: ({ groupId }) => toUuid(groupId, 'lgr'),
  sql: `insert into person_limit_groups (tenant_id, document_key, group_id)
        select $1, x.document_key, x.id from unnest($2::text[], $3::uuid[]) as x(document_key, id)
        on conflict (tenant_id, document_key) do nothing
        returning group_id as id`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.documentKey)),
    sqlArray(rows.map(({ row }) => toUuid(row.groupId, 'lgr'))),
  ],
})
