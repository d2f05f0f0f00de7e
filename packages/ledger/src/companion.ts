import type { SqlValue } from './database/database.ts'
import type { Posted } from './model.ts'

/** A companion's row together with where its transaction stands. */
export interface Placed<R> {
  readonly row: R
  readonly posted: Posted
}

export interface CompanionDefinition<R> {
  /** One set-based statement for all rows of a batch: `$1` is the tenant's uuid, `columns` follow from `$2`. */
  readonly sql: string
  readonly columns: (rows: readonly Placed<R>[]) => readonly SqlValue[]
  /** Two rows with the same key never travel in one batch: the later transaction waits for the next. */
  readonly key?: (row: R) => string
  /**
   * Makes the statement a guard: it returns the rows that it took, as `n`, their ordinals (from 1), or as `id`, with
   * `idOf`. A row not taken rolls the batch back; its transaction is planned again and refused with this code if it
   * fails again.
   */
  readonly refusal?: string
  /** What `id` is of a row: for guards that insert, since what an insert returns knows no ordinals. */
  readonly idOf?: (row: R) => string
}

/** Rows of a capability that commit with the money or not at all. */
export interface Companion<R> extends CompanionDefinition<R> {
  row(row: R): CompanionRow
}

export interface CompanionRow {
  // biome-ignore lint/suspicious/noExplicitAny: rows of all companions travel together; `row` above keeps the pair typed
  readonly companion: CompanionDefinition<any>
  readonly row: unknown
}

/**
 * Declares a companion statement.
 *
 * @example
 * const movePayments = companion<{ id: string; from: string; to: string }>({
 *   refusal: 'payment_wrong_status',
 *   key: (row) => row.id,
 *   sql: `update payments p set status = x.next
 *         from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as x(id, previous, next, n)
 *         where p.tenant_id = $1 and p.id = x.id and p.status = x.previous returning x.n`,
 *   columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.id))), …],
 * })
 */
export function companion<R>(definition: CompanionDefinition<R>): Companion<R> {
  const self: Companion<R> = { ...definition, row: (row) => ({ companion: self, row }) }
  return self
}
