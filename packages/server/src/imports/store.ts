import type { ImportRow } from '@pisto/contract'
import { companion, isTypeId, type Queryable, type SqlValue, sqlArray, toTypeId, toUuid } from '@pisto/ledger'

export interface StoredImport {
  /** `imp_…` */
  readonly id: string
  readonly kind: 'merchants'
  readonly name: string
  readonly createdAt: Date
}

export interface CountedImport extends StoredImport {
  readonly acceptedCount: number
  readonly refusedCount: number
}

/** A row with its outcome: `active`, or the code of the first reason it is refused. */
export interface DecidedRow extends ImportRow {
  readonly importId: string
}

export const insertImports = companion<StoredImport>({
  sql: `insert into imports (tenant_id, id, kind, name, created_at)
        select $1, x.id, x.kind, x.name, x.created_at
        from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as x(id, kind, name, created_at)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.id, 'imp'))),
    sqlArray(rows.map(({ row }) => row.kind)),
    sqlArray(rows.map(({ row }) => row.name)),
    sqlArray(rows.map(({ row }) => row.createdAt)),
  ],
})

/** @returns Undefined: this tenant has no such import. */
export async function findImport(reader: Queryable, tenantId: string, id: string): Promise<CountedImport | undefined> {
  if (!isTypeId(id, 'imp')) return undefined
  const [row] = await reader.query<{ kind: 'merchants'; name: string; at: Date; accepted: bigint; refused: bigint }>(
    `select i.kind, i.name, i.created_at as at, c.accepted, c.refused
     from imports i,
       (select count(*) filter (where outcome = 'active') as accepted,
               count(*) filter (where outcome <> 'active') as refused
        from import_rows where tenant_id = $1 and import_id = $2) c
     where i.tenant_id = $1 and i.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  if (row === undefined) return undefined
  const { kind, name, at: createdAt, accepted, refused } = row
  return { id, kind, name, createdAt, acceptedCount: Number(accepted), refusedCount: Number(refused) }
}

/** A row that was decided before is not inserted: its first outcome stays. */
const INSERT_ROWS = `
  insert into import_rows (tenant_id, import_id, row_number, external_id, outcome, merchant_id)
  select $1, x.import_id, x.row_number, x.external_id, x.outcome, x.merchant_id
  from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
    as x(import_id, row_number, external_id, outcome, merchant_id)
  on conflict (tenant_id, import_id, row_number) do nothing
  returning array_position($6::uuid[], merchant_id) as n`

const rowColumns = (rows: readonly DecidedRow[]): SqlValue[] => [
  sqlArray(rows.map(({ importId }) => toUuid(importId, 'imp'))),
  sqlArray(rows.map(({ row }) => row)),
  sqlArray(rows.map(({ externalId }) => externalId)),
  sqlArray(rows.map(({ outcome }) => outcome)),
  sqlArray(rows.map(({ merchantId }) => (merchantId === null ? null : toUuid(merchantId, 'mer')))),
]

/** The code with which a row refuses its transaction when it was decided before. */
export const ROW_DECIDED = 'import_row_decided'

/** Commits with the merchant that the row becomes: both or neither. */
export const insertImportRows = companion<DecidedRow>({
  refusal: ROW_DECIDED,
  key: ({ importId, row }) => `${importId} ${row}`,
  sql: INSERT_ROWS,
  columns: (rows) => rowColumns(rows.map(({ row }) => row)),
})

/** Notes refused rows: nobody is told of them, so they take no sequence. */
export async function recordRefusedRows(db: Queryable, tenantId: string, rows: readonly DecidedRow[]): Promise<void> {
  if (rows.length > 0) await db.query(INSERT_ROWS, [toUuid(tenantId, 'ten'), ...rowColumns(rows)])
}

interface Row {
  readonly row_number: bigint
  readonly external_id: string
  readonly outcome: string
  readonly merchant_id: string | null
}

const ROW_COLUMNS = 'row_number, external_id, outcome, merchant_id'

/** Those of some rows that are decided, by number. */
export async function findImportRows(
  reader: Queryable,
  tenantId: string,
  importId: string,
  numbers: readonly number[],
): Promise<Map<number, ImportRow>> {
  const rows = await reader.query<Row>(
    `select ${ROW_COLUMNS} from import_rows
     where tenant_id = $1 and import_id = $2 and row_number = any($3::bigint[])`,
    [toUuid(tenantId, 'ten'), toUuid(importId, 'imp'), sqlArray(numbers)],
  )
  return new Map(rows.map(toImportRow).map((row) => [row.row, row]))
}

/** In the order of the file. @param page.after Number of the row before. */
export async function listImportRows(
  reader: Queryable,
  tenantId: string,
  importId: string,
  page: { readonly after: number; readonly limit: number },
): Promise<ImportRow[]> {
  const rows = await reader.query<Row>(
    `select ${ROW_COLUMNS} from import_rows
     where tenant_id = $1 and import_id = $2 and row_number > $3 order by row_number limit $4`,
    [toUuid(tenantId, 'ten'), toUuid(importId, 'imp'), page.after, page.limit],
  )
  return rows.map(toImportRow)
}

const toImportRow = (row: Row): ImportRow => ({
  row: Number(row.row_number),
  externalId: row.external_id,
  outcome: row.outcome,
  merchantId: row.merchant_id === null ? null : toTypeId('mer', row.merchant_id),
})
