import { type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { insertRows } from '../platform/database/insert-rows.ts'
import type { MonitoringRule } from './rule.ts'

/** A rule of a tenant's own. */
export type OwnRule = MonitoringRule & { readonly id: string; readonly createdAt: Date }

export const insertRules = insertRows<OwnRule>('monitoring_rules', [
  ['name', 'text', ({ name }) => name],
  ['version', 'integer', ({ version }) => version],
  ['id', 'uuid', ({ id }) => toUuid(id, 'mru')],
  ['kind', 'text', ({ kind }) => kind],
  ['parameters', 'json', ({ parameters }) => JSON.stringify(parameters)],
  ['source', 'text', ({ source }) => source],
  ['is_active', 'boolean', ({ isActive }) => isActive],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
])

interface RuleRow extends Pick<MonitoringRule, 'name' | 'version' | 'kind' | 'source'> {
  readonly id: string
  readonly parameters: string
  readonly is_active: boolean
  readonly created_at: Date
}

/** All versions of all of a tenant's own. */
export async function ownRules(reader: Queryable, tenantId: string): Promise<MonitoringRule[]> {
  const rows = await reader.query<RuleRow>(
    `select name, version, id, kind, parameters::text as parameters, source, is_active, created_at
     from monitoring_rules where tenant_id = $1`,
    [toUuid(tenantId, 'ten')],
  )
  return rows.map(({ id, parameters, is_active: isActive, created_at: createdAt, ...rule }) => ({
    ...rule,
    id: toTypeId('mru', id),
    parameters: JSON.parse(parameters),
    isActive,
    createdAt,
  }))
}

/** Payments since the last look: who paid whom, and where to go on. */
export interface NewPayments {
  readonly payerAccountIds: readonly string[]
  readonly merchantIds: readonly string[]
  readonly sequence: number
}

/** In the order of the log. @returns Undefined: nothing is new. */
export async function newPayments(
  reader: Queryable,
  tenantId: string,
  limit: number,
): Promise<NewPayments | undefined> {
  const rows = await reader.query<{ payer_account_id: string; merchant_id: string; sequence: bigint }>(
    `select payer_account_id, merchant_id, sequence from payments
     where tenant_id = $1 and sequence > coalesce((select sequence from monitoring_cursors where tenant_id = $1), 0)
     order by sequence limit $2`,
    [toUuid(tenantId, 'ten'), limit],
  )
  const last = rows.at(-1)
  if (last === undefined) return undefined
  return {
    payerAccountIds: [...new Set(rows.map((row) => row.payer_account_id))],
    merchantIds: [...new Set(rows.map((row) => row.merchant_id))],
    sequence: Number(last.sequence),
  }
}

export async function moveCursor(db: Queryable, tenantId: string, sequence: number): Promise<void> {
  await db.query(
    `insert into monitoring_cursors (tenant_id, sequence) values ($1, $2)
     on conflict (tenant_id) do update set sequence = greatest(monitoring_cursors.sequence, excluded.sequence)`,
    [toUuid(tenantId, 'ten'), sequence],
  )
}

/** Somebody whom a rule noticed. */
export interface Noticed {
  /** Uuid of the payer's account, or of the merchant. */
  readonly subject: string
  readonly count: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Of the given payers or merchants, those whom a rule notices at this time. Cancelled and expired payments do not count. */
export async function notice(
  reader: Queryable,
  tenantId: string,
  rule: MonitoringRule,
  { payerAccountIds, merchantIds }: NewPayments,
  time: Date,
): Promise<Noticed[]> {
  const { kind, parameters } = rule
  if (kind === 'newDevice') return noticeDevices(reader, tenantId, rule, payerAccountIds, time)
  const { windowHours, count, amount = '0.00', percent = 0, dormantDays = 0 } = parameters
  const since = new Date(time.getTime() - windowHours * HOUR_MS)
  const byPayee = kind === 'manyPayers'
  const [column, subjects] = byPayee ? ['merchant_id', merchantIds] : ['payer_account_id', payerAccountIds]
  const counted = byPayee ? 'count(distinct p.payer_account_id)' : 'count(*)'
  const top = BigInt(amount.replace('.', ''))
  const [least, most] = kind === 'underThreshold' ? [(top * BigInt(percent)) / 100n, top - 1n] : [0n, null]
  const quietSince = kind === 'dormantThenBusy' ? new Date(since.getTime() - dormantDays * DAY_MS) : null
  const rows = await reader.query<{ subject: string; count: bigint }>(
    `select p.${column} as subject, ${counted} as count from payments p
     where p.tenant_id = $1 and p.${column} = any($2::uuid[]) and p.created_at > $3 and p.created_at <= $4
       and p.status not in ('cancelled', 'expired', 'failed')
       and p.amount_minor >= $6 and ($7::bigint is null or p.amount_minor <= $7)
       and ($8::timestamptz is null or (
         exists (select 1 from payments q where q.tenant_id = $1 and q.${column} = p.${column} and q.created_at <= $8)
         and not exists (select 1 from payments q where q.tenant_id = $1 and q.${column} = p.${column}
           and q.created_at > $8 and q.created_at <= $3)))
     group by p.${column} having ${counted} >= $5`,
    [toUuid(tenantId, 'ten'), sqlArray(subjects), since, time, count, least, most, quietSince],
  )
  return rows.map((row) => ({ subject: row.subject, count: Number(row.count) }))
}

/**
 * Payments of much from a device that the payer began to pay with within the window, and who had paid before by other
 * means: the first device of somebody new is no news.
 */
async function noticeDevices(
  reader: Queryable,
  tenantId: string,
  { parameters: { windowHours, count, amount = '0.00' } }: MonitoringRule,
  payerAccountIds: readonly string[],
  time: Date,
): Promise<Noticed[]> {
  const since = new Date(time.getTime() - windowHours * HOUR_MS)
  const rows = await reader.query<{ subject: string; count: bigint }>(
    `select p.payer_account_id as subject, count(*) as count
     from payments p join payment_devices d on d.tenant_id = $1 and d.payment_id = p.id
     where p.tenant_id = $1 and p.payer_account_id = any($2::uuid[]) and p.created_at > $3 and p.created_at <= $4
       and p.status not in ('cancelled', 'expired', 'failed') and p.amount_minor >= $6
       and not exists (
         select 1 from payment_devices e where e.tenant_id = $1 and e.payer_account_id = p.payer_account_id
           and e.device = d.device and e.created_at <= $3)
       and exists (
         select 1 from payments q
         left join payment_devices e on e.tenant_id = $1 and e.payment_id = q.id
         where q.tenant_id = $1 and q.payer_account_id = p.payer_account_id and q.sequence < p.sequence
           and e.device is distinct from d.device)
     group by p.payer_account_id having count(*) >= $5`,
    [toUuid(tenantId, 'ten'), sqlArray(payerAccountIds), since, time, count, BigInt(amount.replace('.', ''))],
  )
  return rows.map((row) => ({ subject: row.subject, count: Number(row.count) }))
}
