import { type Companion, companion, type Placed, type SqlValue, sqlArray } from '@pisto/ledger'

/** Where a field and its column meet: the column's name, its type, and how to read it off a row. */
export type Column<R> = readonly [name: string, type: string, value: (row: R, posted: Placed<R>['posted']) => SqlValue]

/** Types whose values both drivers give alike only as text. */
const READ_AS_TEXT: ReadonlySet<string> = new Set(['json', 'date'])

/** What to select, so that the rows come back as their columns say. @param alias Of the table. */
export const selected = (columns: readonly Column<never>[], alias: string): string =>
  columns.map(([name, type]) => (READ_AS_TEXT.has(type) ? `${alias}.${name}::text` : `${alias}.${name}`)).join(', ')

/**
 * The companion that inserts whole rows into a table of a tenant.
 *
 * @example
 * const insertRefunds = insertRows<Refund>('refunds', [['id', 'uuid', ({ id }) => toUuid(id, 'ref')], …])
 */
export function insertRows<R>(table: string, columns: readonly Column<R>[]): Companion<R> {
  const names = columns.map(([name]) => name)
  const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`)
  return companion<R>({
    sql: `insert into ${table} (tenant_id, ${names.join(', ')})
          select $1, ${names.map((name) => `x.${name}`).join(', ')}
          from unnest(${arrays.join(', ')}) as x(${names.join(', ')})`,
    columns: (rows) => columns.map(([, , value]) => sqlArray(rows.map(({ row, posted }) => value(row, posted)))),
  })
}
