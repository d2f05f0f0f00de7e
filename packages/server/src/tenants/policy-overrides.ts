import { companion, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import type { PolicyOverride } from '../registrations/policy/overrides.ts'

type NewOverride = Omit<PolicyOverride, 'version'>

/** One after another: who set the one before is seen. */
export const insertOverrides = companion<NewOverride>({
  key: () => '',
  sql: `insert into policy_overrides
          (tenant_id, number, effective_from, decision, decided_on, tiers, decided_by, created_at)
        select $1, x.number, x.effective_from, x.decision, x.decided_on, x.tiers, x.decided_by, x.created_at
        from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::json[], $7::text[], $8::timestamptz[])
          as x(number, effective_from, decision, decided_on, tiers, decided_by, created_at)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.number)),
    sqlArray(rows.map(({ row }) => row.effectiveFrom)),
    sqlArray(rows.map(({ row }) => row.source.decision)),
    sqlArray(rows.map(({ row }) => row.source.decidedOn)),
    sqlArray(rows.map(({ row }) => JSON.stringify(row.tiers))),
    sqlArray(rows.map(({ row }) => row.decidedBy)),
    sqlArray(rows.map(({ row }) => row.createdAt)),
  ],
})

/** As columns of a row: each version of a tenant `t`, as JSON text. */
export const OVERRIDES_COLUMN = `
  (select json_agg(o order by o.number)::text from policy_overrides o where o.tenant_id = t.tenant_id) as overrides`

interface OverrideJson {
  readonly number: number
  readonly effective_from: string
  readonly decision: string
  readonly decided_on: string
  readonly tiers: PolicyOverride['tiers']
  readonly decided_by: string
  readonly created_at: string
}

/** @param text As `OVERRIDES_COLUMN` gives it. @param code Of the tenant. */
export const readOverrides = (text: string | null, code: string): PolicyOverride[] =>
  (JSON.parse(text ?? '[]') as OverrideJson[]).map((row) => ({
    number: row.number,
    version: `${code}-${row.number}`,
    effectiveFrom: row.effective_from,
    source: { decision: row.decision, decidedOn: row.decided_on },
    tiers: row.tiers,
    decidedBy: row.decided_by,
    createdAt: new Date(row.created_at),
  }))

/** How many versions a tenant has set. */
export async function countOverrides(reader: Queryable, tenantId: string): Promise<number> {
  const [row] = await reader.query<{ count: bigint }>(
    'select count(*) as count from policy_overrides where tenant_id = $1',
    [toUuid(tenantId, 'ten')],
  )
  return Number(row?.count ?? 0)
}
