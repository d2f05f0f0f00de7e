import { canonicalJson } from '@pisto/proof'
import { type Queryable, type Statement, sqlArray } from '../database/database.ts'
import { toTypeId, toUuid } from '../type-id.ts'
import type { LimitGroupState } from './limit-group.ts'
import { type Limits, limitsAsText, limitsInMinor } from './limits.ts'

interface LimitGroupRow {
  readonly group_id: string
  readonly owner_id: string | null
  readonly currency: string
  readonly policy_version: string
  readonly limits: string
  readonly day: string
  readonly day_in: bigint
  readonly day_out: bigint
  readonly month_in: bigint
  readonly month_out: bigint
  readonly balance_minor: bigint
  readonly merged_into: string | null
}

/** @param tenant uuid @param ids `lgr_…` */
export async function readLimitGroups(
  db: Queryable,
  tenant: string,
  ids: readonly string[],
): Promise<LimitGroupState[]> {
  if (ids.length === 0) return []
  const rows = await db.query<LimitGroupRow>(
    `select group_id, owner_id, currency, policy_version, limits, day, day_in, day_out, month_in, month_out,
            balance_minor, merged_into
     from limit_groups where tenant_id = $1 and group_id = any($2::uuid[])`,
    [tenant, sqlArray(ids.map((id) => toUuid(id, 'lgr')))],
  )
  return rows.map((row) => ({
    groupId: toTypeId('lgr', row.group_id),
    ownerId: row.owner_id,
    currency: row.currency,
    policyVersion: row.policy_version,
    limits: limitsInMinor(JSON.parse(row.limits) as Limits, row.currency),
    day: row.day,
    dayIn: row.day_in,
    dayOut: row.day_out,
    monthIn: row.month_in,
    monthOut: row.month_out,
    balanceMinor: row.balance_minor,
    mergedInto: row.merged_into === null ? null : toTypeId('lgr', row.merged_into),
  }))
}

/** A group as a batch leaves it. `setSequence`: of the transaction that opened it or set its limits; undefined: none. */
export interface ChangedLimitGroup {
  readonly group: LimitGroupState
  readonly setSequence: number | undefined
}

/** New and changed rules first, then what was counted, then which groups another one has absorbed. */
export function writeLimitGroups(tenant: string, changed: readonly ChangedLimitGroup[]): Statement[] {
  const set = changed.filter(({ setSequence }) => setSequence !== undefined)
  const counted = changed.filter(({ setSequence }) => setSequence === undefined)
  const merged = changed.filter(({ group }) => group.mergedInto !== null)
  return [
    ...(set.length > 0 ? [setGroups(tenant, set)] : []),
    ...(counted.length > 0 ? [countGroups(tenant, counted)] : []),
    ...(merged.length > 0 ? [mergeGroups(tenant, merged)] : []),
  ]
}

const mergeGroups = (tenant: string, changed: readonly ChangedLimitGroup[]): Statement => ({
  sql: `update limit_groups g set merged_into = x.merged_into
        from unnest($2::uuid[], $3::uuid[]) as x(id, merged_into)
        where g.tenant_id = $1 and g.group_id = x.id`,
  parameters: [
    tenant,
    sqlArray(changed.map(({ group }) => toUuid(group.groupId, 'lgr'))),
    sqlArray(changed.map(({ group: { mergedInto } }) => mergedInto && toUuid(mergedInto, 'lgr'))),
  ],
})

const counters = (changed: readonly ChangedLimitGroup[]) => [
  sqlArray(changed.map(({ group }) => toUuid(group.groupId, 'lgr'))),
  sqlArray(changed.map(({ group }) => group.day)),
  sqlArray(changed.map(({ group }) => group.dayIn)),
  sqlArray(changed.map(({ group }) => group.dayOut)),
  sqlArray(changed.map(({ group }) => group.monthIn)),
  sqlArray(changed.map(({ group }) => group.monthOut)),
  sqlArray(changed.map(({ group }) => group.balanceMinor)),
]

const setGroups = (tenant: string, changed: readonly ChangedLimitGroup[]): Statement => ({
  sql: `insert into limit_groups (tenant_id, group_id, day, day_in, day_out, month_in, month_out, balance_minor,
                                  owner_id, currency, policy_version, limits, set_sequence)
        select $1, x.id, x.day, x.day_in, x.day_out, x.month_in, x.month_out, x.balance,
               x.owner, x.currency, x.policy, x.limits, x.sequence
        from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[])
          as x(id, day, day_in, day_out, month_in, month_out, balance, owner, currency, policy, limits, sequence)
        on conflict (tenant_id, group_id) do update
        set day = excluded.day, day_in = excluded.day_in, day_out = excluded.day_out, month_in = excluded.month_in,
            month_out = excluded.month_out, balance_minor = excluded.balance_minor,
            policy_version = excluded.policy_version, limits = excluded.limits, set_sequence = excluded.set_sequence`,
  parameters: [
    tenant,
    ...counters(changed),
    sqlArray(changed.map(({ group }) => group.ownerId)),
    sqlArray(changed.map(({ group }) => group.currency)),
    sqlArray(changed.map(({ group }) => group.policyVersion)),
    sqlArray(changed.map(({ group }) => canonicalJson(limitsAsText(group.limits, group.currency)))),
    sqlArray(changed.map(({ setSequence = 0 }) => setSequence)),
  ],
})

const countGroups = (tenant: string, changed: readonly ChangedLimitGroup[]): Statement => ({
  sql: `update limit_groups g
        set day = x.day, day_in = x.day_in, day_out = x.day_out, month_in = x.month_in, month_out = x.month_out,
            balance_minor = x.balance
        from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
          as x(id, day, day_in, day_out, month_in, month_out, balance)
        where g.tenant_id = $1 and g.group_id = x.id`,
  parameters: [tenant, ...counters(changed)],
})
