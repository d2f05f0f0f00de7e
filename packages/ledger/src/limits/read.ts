import type { Currency } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import type { Queryable } from '../database/database.ts'
import { isTypeId, toTypeId, toUuid } from '../type-id.ts'
import { type LimitGroupState, onDay } from './limit-group.ts'
import { type Limits, limitsAsText } from './limits.ts'
import { localDay } from './local-day.ts'
import { readLimitGroups } from './store.ts'

/** Decimal strings in the group's currency. */
export interface FlowUse {
  readonly day: string
  readonly month: string
}

/** Limits that an account counts against, and what of them is used. */
export interface LimitsView {
  /** `lgr_…` */
  readonly groupId: string
  readonly ownerId: string | null
  readonly currency: string
  readonly policyVersion: string
  readonly limits: Limits
  /** The local day that `used` is of; its month is the one that is counted. */
  readonly day: string
  readonly used: { readonly in: FlowUse; readonly out: FlowUse }
  /** Of all accounts of the group together, credits that are still pending included. */
  readonly balance: string
}

/** @returns One for each group that counts for the account, in its order; undefined: no such account. */
export async function findAccountLimits(
  db: Queryable,
  tenantId: string,
  accountId: string,
  now: Date,
): Promise<LimitsView[] | undefined> {
  if (!isTypeId(accountId, 'acc')) return undefined
  const tenant = toUuid(tenantId, 'ten')
  const [account] = await db.query<{ limit_group_ids: string[]; time_zone: string }>(
    `select a.limit_group_ids, b.time_zone from accounts a join books b on b.tenant_id = a.tenant_id
     where a.tenant_id = $1 and a.account_id = $2`,
    [tenant, toUuid(accountId)],
  )
  if (account === undefined) return undefined
  const ids = account.limit_group_ids.map((uuid) => toTypeId('lgr', uuid))
  const today = localDay(now, account.time_zone)
  const groups = await readCounting(db, tenant, ids)
  return groups.map((group) => show(group.day < today ? onDay(group, today) : group))
}

/** @returns Ids of the groups that count for an account; none: it has none, or there is no such account. */
export async function findLimitGroupIds(db: Queryable, tenantId: string, accountId: string): Promise<string[]> {
  const [account] = await db.query<{ limit_group_ids: string[] }>(
    'select limit_group_ids from accounts where tenant_id = $1 and account_id = $2',
    [toUuid(tenantId, 'ten'), toUuid(accountId, 'acc')],
  )
  return findCountingGroups(db, tenantId, account?.limit_group_ids.map((uuid) => toTypeId('lgr', uuid)) ?? [])
}

/** @returns Each group, or the one that has absorbed it; each once. */
export const findCountingGroups = async (db: Queryable, tenantId: string, ids: readonly string[]): Promise<string[]> =>
  (await readCounting(db, toUuid(tenantId, 'ten'), ids)).map(({ groupId }) => groupId)

/** Each group in order, or the one that has absorbed it. */
async function readCounting(db: Queryable, tenant: string, ids: readonly string[]): Promise<LimitGroupState[]> {
  const groups = new Map((await readLimitGroups(db, tenant, ids)).map((group) => [group.groupId, group]))
  const counting = [...new Set(ids.map((id) => groups.get(id)?.mergedInto ?? id))]
  if (counting.some((id, at) => id !== ids[at])) return readCounting(db, tenant, counting)
  return ids.flatMap((id) => groups.get(id) ?? [])
}

function show(group: LimitGroupState): LimitsView {
  const { groupId, ownerId, currency, policyVersion, limits, day } = group
  const text = (minor: bigint) => formatMinor(minor, currency as Currency)
  return {
    groupId,
    ownerId,
    currency,
    policyVersion,
    limits: limitsAsText(limits, currency),
    day,
    used: {
      in: { day: text(group.dayIn), month: text(group.monthIn) },
      out: { day: text(group.dayOut), month: text(group.monthOut) },
    },
    balance: text(group.balanceMinor),
  }
}
