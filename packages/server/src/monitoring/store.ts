import type { WalletCurrency } from '@pisto/contract'
import { type Queryable, type SqlValue, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
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

/** Somebody who paid or was paid, and when last. */
interface Active {
  /** Uuid of the payer's account, or of the merchant. */
  readonly subject: string
  readonly until: Date
}

/** Payments since the last look: who paid whom, and where to go on. */
export interface NewPayments {
  readonly payers: readonly Active[]
  readonly merchants: readonly Active[]
  readonly sequence: number
}

/** Payments looked at together: a rule's stretch of time ends with the last of each person, also after a long stop. */
const SLICE_MS = 60_000

/** In the order of the log. @returns Undefined: nothing is new. */
export async function newPayments(
  reader: Queryable,
  tenantId: string,
  limit: number,
): Promise<NewPayments | undefined> {
  const rows = await reader.query<{ payer: string; merchant: string; sequence: bigint; created_at: Date }>(
    `select payer_account_id as payer, merchant_id as merchant, sequence, created_at from payments
     where tenant_id = $1 and sequence > coalesce((select sequence from monitoring_cursors where tenant_id = $1), 0)
     order by sequence limit $2`,
    [toUuid(tenantId, 'ten'), limit],
  )
  const [first] = rows
  if (first === undefined) return undefined
  const later = rows.findIndex((row) => row.created_at.getTime() > first.created_at.getTime() + SLICE_MS)
  const slice = later < 0 ? rows : rows.slice(0, later)
  return {
    payers: activeIn(slice.map((row) => [row.payer, row.created_at])),
    merchants: activeIn(slice.map((row) => [row.merchant, row.created_at])),
    sequence: Number(slice.at(-1)?.sequence),
  }
}

function activeIn(payments: readonly (readonly [subject: string, at: Date])[]): Active[] {
  const last = new Map<string, Date>()
  for (const [subject, at] of payments) if (at > (last.get(subject) ?? new Date(0))) last.set(subject, at)
  return [...last].map(([subject, until]) => ({ subject, until }))
}

export async function moveCursor(db: Queryable, tenantId: string, sequence: number): Promise<void> {
  await db.query(
    `insert into monitoring_cursors (tenant_id, sequence) values ($1, $2)
     on conflict (tenant_id) do update set sequence = greatest(monitoring_cursors.sequence, excluded.sequence)`,
    [toUuid(tenantId, 'ten'), sequence],
  )
}

/** Somebody whom a rule noticed, and on what. */
export interface Noticed extends Active {
  readonly count: number
  readonly amountMinor: bigint
  readonly currency: WalletCurrency
  /** `pay_…`, the newest first; no more than `NAMED_MAX`. */
  readonly paymentIds: readonly string[]
}

/** Payments that an alert names. */
const NAMED_MAX = 50
const HOUR_MS = 3_600_000
/** A payment has its id before its time: by what it waits for its batch. */
const WAITING_MS = 600_000

interface NoticedRow {
  readonly subject: string
  readonly until: Date
  readonly count: bigint
  readonly amount_minor: bigint
  readonly currency: WalletCurrency
  readonly ids: readonly string[]
}

const SEEN = `sum(p.amount_minor)::bigint as amount_minor, min(p.currency) as currency,
  (array_agg(p.id order by p.sequence desc))[1:${NAMED_MAX}] as ids`
const COUNTS = `p.status not in ('cancelled', 'expired', 'failed')`

/** Whose payments a rule looks at, each in the time before their last. `$2` to `$5`; ids begin with their time. */
const PAYMENTS_OF = (column: string): string => `
  from unnest($2::uuid[], $3::timestamptz[]) as s(subject, until)
  join payments p on p.tenant_id = $1 and p.${column} = s.subject and p.id >= $4
    and p.created_at > s.until - make_interval(hours => $5) and p.created_at <= s.until and ${COUNTS}`

/** Of the given payers or merchants, those whom a rule notices. Cancelled and expired payments do not count. */
export async function notice(
  reader: Queryable,
  tenantId: string,
  rule: MonitoringRule,
  { payers, merchants }: NewPayments,
): Promise<Noticed[]> {
  const { kind, parameters } = rule
  if (kind === 'newDevice') return noticeDevices(reader, tenantId, rule, payers)
  const { windowHours, count, amount = '0.00', percent = 0, dormantDays = null } = parameters
  const byPayee = kind === 'manyPayers'
  const [column, subjects] = byPayee ? ['merchant_id', merchants] : ['payer_account_id', payers]
  const counted = byPayee ? 'count(distinct p.payer_account_id)' : 'count(*)'
  const top = BigInt(amount.replace('.', ''))
  const [least, most] = kind === 'underThreshold' ? [(top * BigInt(percent)) / 100n, top - 1n] : [0n, null]
  const rows = await reader.query<NoticedRow>(
    `select s.subject, s.until, ${counted} as count, ${SEEN} ${PAYMENTS_OF(column)}
       and p.amount_minor >= $7 and ($8::bigint is null or p.amount_minor <= $8)
     where $9::integer is null or (
       exists (select 1 from payments q where q.tenant_id = $1 and q.${column} = s.subject
         and q.created_at <= s.until - make_interval(hours => $5, days => $9))
       and not exists (select 1 from payments q where q.tenant_id = $1 and q.${column} = s.subject
         and q.created_at > s.until - make_interval(hours => $5, days => $9)
         and q.created_at <= s.until - make_interval(hours => $5)))
     group by s.subject, s.until having ${counted} >= $6`,
    [...lookedAt(tenantId, subjects, windowHours), count, least, most, dormantDays],
  )
  return rows.map(toNoticed)
}

/**
 * Payments of much from a device that the payer began to pay with within the window, and who had paid before by other
 * means: the first device of somebody new is no news.
 */
async function noticeDevices(
  reader: Queryable,
  tenantId: string,
  { parameters: { windowHours, count, amount = '0.00' } }: MonitoringRule,
  payers: readonly Active[],
): Promise<Noticed[]> {
  const rows = await reader.query<NoticedRow>(
    `select s.subject, s.until, count(*) as count, ${SEEN} ${PAYMENTS_OF('payer_account_id')} and p.amount_minor >= $7
     join payment_devices d on d.tenant_id = $1 and d.payment_id = p.id
     where not exists (
         select 1 from payment_devices e where e.tenant_id = $1 and e.payer_account_id = s.subject
           and e.device = d.device and e.created_at <= s.until - make_interval(hours => $5))
       and exists (
         select 1 from payments q
         left join payment_devices e on e.tenant_id = $1 and e.payment_id = q.id
         where q.tenant_id = $1 and q.payer_account_id = s.subject and q.sequence < p.sequence
           and e.device is distinct from d.device)
     group by s.subject, s.until having count(*) >= $6`,
    [...lookedAt(tenantId, payers, windowHours), count, BigInt(amount.replace('.', ''))],
  )
  return rows.map(toNoticed)
}

/** `$1` to `$5`. */
function lookedAt(tenantId: string, subjects: readonly Active[], windowHours: number): SqlValue[] {
  const firstMs = Math.min(...subjects.map(({ until }) => until.getTime())) - windowHours * HOUR_MS - WAITING_MS
  const [ids, ends] = [subjects.map(({ subject }) => subject), subjects.map(({ until }) => until)]
  return [toUuid(tenantId, 'ten'), sqlArray(ids), sqlArray(ends), firstIdAt(firstMs), windowHours]
}

/** The least UUIDv7 of a millisecond (RFC 9562, section 5.7). */
const firstIdAt = (ms: number): string =>
  `${Math.max(0, Math.trunc(ms)).toString(16).padStart(12, '0')}${'0'.repeat(20)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  )

const toNoticed = ({ subject, until, count, amount_minor: amountMinor, currency, ids }: NoticedRow): Noticed => ({
  ...{ subject, until, count: Number(count), amountMinor, currency },
  paymentIds: ids.map((id) => toTypeId('pay', id)),
})
