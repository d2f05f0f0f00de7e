import type { CountryCode } from '@pisto/contract'
import {
  findCountingGroups,
  findLimitGroupIds,
  type IdSource,
  type LimitGroupPlan,
  type Limits,
  type Queryable,
  sqlArray,
  toTypeId,
  toUuid,
} from '@pisto/ledger'
import type { TenantProfile } from '../tenants/profile.ts'
import { claimLimitGroups, type LimitGroupClaim } from './limit-group-claims.ts'
import { limitsUnder } from './policy/overrides.ts'
import { type Flow, type Policy, policyOf, tierOf } from './policy/policy.ts'
import type { UniqueKeys } from './uniqueness.ts'

/** What a plan says, so that a person is limited as one, whether merchant, consumer or both. */
export interface LimitedPerson {
  readonly limitGroups: readonly LimitGroupPlan[]
  readonly limitGroupIds: readonly string[]
  readonly companions: readonly ReturnType<typeof claimLimitGroups.row>[]
}

export interface PersonOnTier {
  readonly country: CountryCode
  readonly tenant: Pick<TenantProfile, 'country' | 'policyOverrides'>
  /** Under which the tier was given. */
  readonly policyVersion: string
  readonly tier: number
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  readonly accountId: string
  readonly keys: UniqueKeys
}

/** The groups that count for a person so far; more than one: they turn out to be one person now. */
export interface KnownGroups {
  readonly byDocument: string | undefined
  readonly byPhone: string | undefined
  /** Whoever had the phone has another one now (`phone-changes`). */
  readonly wasLeft?: boolean
  /** Of the account of somebody who goes up: the phone says nothing more. */
  readonly own?: string | undefined
}

/** @returns For each person what is known by document and phone. One query, however many. */
export async function findLimitGroups(
  reader: Queryable,
  tenantId: string,
  people: readonly UniqueKeys[],
): Promise<(person: UniqueKeys) => KnownGroups> {
  const rows = await reader.query<{ key: string; group_id: string; was_left: boolean }>(
    `select document_key as key, group_id, false as was_left from person_limit_groups
     where tenant_id = $1 and document_key = any($2::text[])
     union all
     select phone, group_id, left_by is not null from phone_limit_groups where tenant_id = $1 and phone = any($3::text[])`,
    [
      toUuid(tenantId, 'ten'),
      sqlArray(people.flatMap(({ document }) => document ?? [])),
      sqlArray(people.map(({ phone }) => phone)),
    ],
  )
  const groups = new Map(rows.map((row) => [row.key, toTypeId('lgr', row.group_id)]))
  const left = new Set(rows.filter((row) => row.was_left).map(({ key }) => key))
  return ({ document, phone }) => ({
    byDocument: groups.get(document ?? ''),
    byPhone: groups.get(phone),
    wasLeft: left.has(phone),
  })
}

/**
 * Sets the limits of the person's group, which is made if there is none: those of the highest tier that they are on. Where
 * document and phone have a group each, the document's absorbs the other. An account on tier 0 has a second group of its
 * own, so that it stays within that tier whatever the person's other account may do (docs/decisions/0018).
 *
 * @param person With the tier that they are given now.
 */
export async function limitPerson(
  ids: IdSource,
  reader: Queryable,
  tenantId: string,
  person: PersonOnTier,
  known: KnownGroups,
): Promise<LimitedPerson> {
  const { tenant, policyVersion, registrationId, accountId, tier, keys } = person
  // whoever has a document is not who left the phone: a carrier gives numbers again
  const byPhone = known.wasLeft && tier > 0 ? undefined : known.byPhone
  const other = known.own ?? byPhone ?? (tier === 0 ? await findNeighbour(reader, tenantId, person) : undefined)
  const groupId = known.byDocument ?? other ?? ids.next('lgr')
  const before = await highestTier(reader, tenantId, keys, { byDocument: known.byDocument, other })
  const policy = policyOf(person)
  const common = {
    ownerId: registrationId,
    currency: policy.currency,
    policyVersion: versionOf(policy, policyVersion),
  }
  const on = (tierOfGroup: number): Limits => limitsOn(policy, tierOfGroup, { tenant, policyVersion })
  const own = { groupId: ownGroupOf(accountId), ...common }
  const claim: LimitGroupClaim = {
    groupId,
    document: known.byDocument === undefined ? keys.document : null,
    phone: keys.phone,
    onPhone: (byPhone ?? known.own) ? 'known' : tier === 0 ? 'claimed' : 'free',
  }
  return {
    limitGroups: [
      { groupId, ...common, limits: on(Math.max(tier, before)), ...(other !== groupId && { absorbs: other }) },
      ...(tier === 0 ? [{ ...own, limits: on(0) }] : []),
    ],
    limitGroupIds: tier === 0 ? [groupId, own.groupId] : [groupId],
    companions: [claimLimitGroups.row(claim)],
  }
}

/** The second group that an account on tier 0 has: named after it, so that it is found without looking. */
const ownGroupOf = (accountId: string): string => toTypeId('lgr', toUuid(accountId, 'acc'))

/** What an account on tier 0 is limited by besides: nothing any more. */
export const lifted = ({ country, policyVersion, registrationId, accountId }: PersonOnTier): LimitGroupPlan => ({
  groupId: ownGroupOf(accountId),
  ownerId: registrationId,
  currency: policyOf({ country, policyVersion }).currency,
  policyVersion,
  limits: {},
})

/** The group of whoever else has an account on this phone: registered with a document, so by that alone. */
async function findNeighbour(
  reader: Queryable,
  tenantId: string,
  { registrationId, keys }: PersonOnTier,
): Promise<string | undefined> {
  const [row] = await reader.query<{ account_id: string }>(
    `select r.account_id from registration_phones p
     join registrations r on r.tenant_id = p.tenant_id and r.kind = p.kind and r.id = p.registration_id
     where p.tenant_id = $1 and p.phone = $2 and r.id <> $3 and r.account_id is not null`,
    [toUuid(tenantId, 'ten'), keys.phone, toUuid(registrationId)],
  )
  return row && (await groupOfAccount(reader, tenantId, toTypeId('acc', row.account_id)))
}

/** The person's group, by an account that they have. */
export const groupOfAccount = async (
  reader: Queryable,
  tenantId: string,
  accountId: string,
): Promise<string | undefined> => (await findLimitGroupIds(reader, tenantId, accountId))[0]

interface Groups {
  readonly byDocument: string | undefined
  readonly other: string | undefined
}

/** The highest tier among those who count in these groups already, as merchant or consumer. @returns 0: nobody does. */
async function highestTier(
  reader: Queryable,
  tenantId: string,
  { document, phone }: UniqueKeys,
  { byDocument, other }: Groups,
): Promise<number> {
  if (byDocument === undefined && other === undefined) return 0
  const rows = await reader.query<{ tier: number; account_id: string | null }>(
    `select r.tier, r.account_id from (
       select kind, registration_id from registration_documents where tenant_id = $1 and document_key = $2
       union
       select kind, registration_id from registration_phones where tenant_id = $1 and phone = $3
     ) k
     join registrations r on r.tenant_id = $1 and r.kind = k.kind and r.id = k.registration_id
     where r.status in ('active', 'restricted', 'suspended')`,
    [toUuid(tenantId, 'ten'), byDocument === undefined ? null : document, other === undefined ? null : phone],
  )
  if (other === undefined) return Math.max(0, ...rows.map(({ tier }) => tier))
  const groups = await findCountingGroups(
    reader,
    tenantId,
    [byDocument, other].flatMap((id) => id ?? []),
  )
  let highest = 0
  for (const { tier, account_id } of rows) {
    const own = account_id && (await groupOfAccount(reader, tenantId, toTypeId('acc', account_id)))
    if (own && groups.includes(own)) highest = Math.max(highest, tier)
  }
  return highest
}

/** Of a tier, as the ledger enforces them. @throws {Error} the policy has no such tier */
export function limitsOn(policy: Policy, tier: number, own?: Pick<PersonOnTier, 'tenant' | 'policyVersion'>): Limits {
  const limits = own ? limitsUnder(policy, tier, own.tenant, own.policyVersion) : tierOf(policy, tier)?.limits
  if (limits === undefined) throw new Error(`${policy.version} has no tier ${tier}`)
  return { balance: limits.balance, in: flowOf(limits.in), out: flowOf(limits.out) }
}

/** The policy's version, and the override's. */
const versionOf = ({ version }: Policy, policyVersion: string): string =>
  [version, ...policyVersion.split('+').slice(1)].join('+')

const flowOf = ({ perPayment, perDay, perMonth }: Flow) => ({ day: perDay, month: perMonth, single: perPayment })
