import type { Import } from '@pisto/contract'
import { Conditions, companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'

export interface StoredImport {
  /** `imp_…` */
  readonly id: string
  readonly kind: Import['kind']
  readonly name: string
  readonly externalId: string | null
  readonly status: Import['status']
  readonly rowCount: number
  readonly acceptedCount: number
  readonly refusedCount: number
  readonly createdAt: Date
}

const COLUMNS: readonly Column<StoredImport>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'imp')],
  ['kind', 'text', ({ kind }) => kind],
  ['name', 'text', ({ name }) => name],
  ['external_id', 'text', ({ externalId }) => externalId],
  ['status', 'text', ({ status }) => status],
  ['row_count', 'bigint', ({ rowCount }) => rowCount],
  ['accepted_count', 'bigint', ({ acceptedCount }) => acceptedCount],
  ['refused_count', 'bigint', ({ refusedCount }) => refusedCount],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const SELECTED = selected(COLUMNS, 'i')

export const insertImports = insertRows<StoredImport>('imports', COLUMNS)

/** The whole file has come: its rows may be decided. */
export const startImports = companion<{ readonly id: string; readonly rowCount: number }>({
  refusal: 'import_not_found',
  key: ({ id }) => id,
  sql: `update imports i set status = 'running', row_count = x.row_count
        from unnest($2::uuid[], $3::bigint[]) with ordinality as x(id, row_count, n)
        where i.tenant_id = $1 and i.id = x.id and i.status = 'receiving' returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.id, 'imp'))),
    sqlArray(rows.map(({ row }) => row.rowCount)),
  ],
})

/** All rows are decided. */
export const completeImports = companion<string>({
  key: (id) => id,
  sql: `update imports i set status = 'completed' from unnest($2::uuid[]) as x(id)
        where i.tenant_id = $1 and i.id = x.id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row, 'imp')))],
})

/** Forgets an import whose file did not come to its end, with the rows that came; one that runs stays. */
export async function forgetUnreceived(db: Queryable, tenantId: string, importId: string): Promise<void> {
  await db.query(
    `with gone as (delete from imports where tenant_id = $1 and id = $2 and status = 'receiving' returning id),
       keys as (delete from person_keys k using gone where k.tenant_id = $1 and k.person_id = gone.id)
     delete from import_parts p using gone where p.tenant_id = $1 and p.import_id = gone.id`,
    [toUuid(tenantId, 'ten'), toUuid(importId, 'imp')],
  )
}

interface Row {
  readonly id: string
  readonly kind: Import['kind']
  readonly name: string
  readonly external_id: string | null
  readonly status: Import['status']
  readonly row_count: bigint
  readonly accepted_count: bigint
  readonly refused_count: bigint
  readonly created_at: Date
}

/** @returns Undefined: this tenant has no such import. */
export async function findImport(reader: Queryable, tenantId: string, id: string): Promise<StoredImport | undefined> {
  if (!isTypeId(id, 'imp')) return undefined
  const [row] = await reader.query<Row>(`select ${SELECTED} from imports i where i.tenant_id = $1 and i.id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toImport(row)
}

export interface ImportFilter {
  readonly externalId?: string | undefined
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function findImports(
  reader: Queryable,
  tenantId: string,
  { externalId, before, limit }: ImportFilter,
): Promise<StoredImport[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (externalId !== undefined) where.add((add) => `i.external_id = ${add(externalId)}`)
  if (before !== undefined) where.add((add) => `i.id < ${add(toUuid(before, 'imp'))}`)
  const rows = await reader.query<Row>(
    `select ${SELECTED} from imports i
     where i.tenant_id = $1${where.sql} order by i.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toImport)
}

const toImport = (row: Row): StoredImport => ({
  id: toTypeId('imp', row.id),
  kind: row.kind,
  name: row.name,
  externalId: row.external_id,
  status: row.status,
  rowCount: Number(row.row_count),
  acceptedCount: Number(row.accepted_count),
  refusedCount: Number(row.refused_count),
  createdAt: row.created_at,
})
