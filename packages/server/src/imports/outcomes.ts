import type { ImportRow } from '@pisto/contract'
import { companion, type Queryable, type SqlValue, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { IMPORT_KINDS } from './kinds.ts'
import type { StoredImport } from './store.ts'

/** A row with its outcome: `active`, `inReview`, or the code of the first reason it is refused. */
export interface DecidedRow extends ImportRow {
  readonly importId: string
}

/** A row that was decided before is not inserted: its first outcome stays. */
const INSERT_ROWS = `
  insert into import_rows (tenant_id, import_id, row_number, external_id, outcome, registration_id)
  select $1, x.import_id, x.row_number, x.external_id, x.outcome, x.registration_id
  from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
    as x(import_id, row_number, external_id, outcome, registration_id)
  on conflict (tenant_id, import_id, row_number) do nothing
  returning registration_id as id`

const rowColumns = (rows: readonly DecidedRow[]): SqlValue[] => [
  sqlArray(rows.map(({ importId }) => toUuid(importId, 'imp'))),
  sqlArray(rows.map(({ row }) => row)),
  sqlArray(rows.map(({ externalId }) => externalId)),
  sqlArray(rows.map(({ outcome }) => outcome)),
  sqlArray(rows.map(({ registrationId }) => (registrationId === null ? null : toUuid(registrationId)))),
]

/** The code with which a row refuses its transaction when it was decided before. */
export const ROW_DECIDED = 'import_row_decided'

/** Commits with the registration that the row becomes: both or neither. */
export const insertImportRows = companion<DecidedRow>({
  refusal: ROW_DECIDED,
  key: ({ importId, row }) => `${importId} ${row}`,
  idOf: ({ registrationId }) => toUuid(registrationId ?? ''),
  sql: INSERT_ROWS,
  columns: (rows) => rowColumns(rows.map(({ row }) => row)),
})

/** Notes refused rows: nobody is told of them, so they take no sequence. */
export async function recordRefusedRows(db: Queryable, tenantId: string, rows: readonly DecidedRow[]): Promise<void> {
  if (rows.length > 0) await db.query(INSERT_ROWS, [toUuid(tenantId, 'ten'), ...rowColumns(rows)])
}

/** Numbers of those rows of a range that are decided. */
export async function findDecidedNumbers(
  reader: Queryable,
  tenantId: string,
  importId: string,
  [first, last]: readonly [first: number, last: number],
): Promise<Set<number>> {
  const rows = await reader.query<{ row_number: bigint }>(
    `select row_number from import_rows where tenant_id = $1 and import_id = $2 and row_number between $3 and $4`,
    [toUuid(tenantId, 'ten'), toUuid(importId, 'imp'), first, last],
  )
  return new Set(rows.map(({ row_number: number }) => Number(number)))
}

interface Row {
  readonly row_number: bigint
  readonly external_id: string
  readonly outcome: string
  readonly registration_id: string | null
}

/** In the order of the file. @param page.after Number of the row before. */
export async function listImportRows(
  reader: Queryable,
  tenantId: string,
  { id, kind }: Pick<StoredImport, 'id' | 'kind'>,
  page: { readonly after: number; readonly limit: number },
): Promise<ImportRow[]> {
  const rows = await reader.query<Row>(
    `select row_number, external_id, outcome, registration_id from import_rows
     where tenant_id = $1 and import_id = $2 and row_number > $3 order by row_number limit $4`,
    [toUuid(tenantId, 'ten'), toUuid(id, 'imp'), page.after, page.limit],
  )
  const { prefix } = IMPORT_KINDS[kind].registration
  return rows.map((row) => ({
    row: Number(row.row_number),
    externalId: row.external_id,
    outcome: row.outcome,
    registrationId: row.registration_id === null ? null : toTypeId(prefix, row.registration_id),
  }))
}
