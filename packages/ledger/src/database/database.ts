/**
 * The small interface over PGlite and PostgreSQL. Values come back alike from both: `int8` as bigint,
 * `timestamptz` as Date, `bytea` as Uint8Array, `numeric` and `uuid` as text, `jsonb` parsed, arrays of
 * built-in types as arrays.
 */
export type SqlValue = string | number | bigint | boolean | null | Date | Uint8Array

export interface Statement {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of a row is the statement's; the caller names it
export type Row = Record<string, any>

export interface Queryable {
  /**
   * One statement with `$n` parameters. Arrays are passed as one text by `sqlArray` and cast (`$2::uuid[]`).
   * @throws {UniqueViolation} a unique or primary key refused a row
   * @throws {ConnectionLost} no answer: the effect is unknown
   */
  query<R extends object = Row>(sql: string, parameters?: readonly SqlValue[]): Promise<R[]>
}

/** An open database transaction. */
export interface Transaction extends Queryable {
  /** Sends statements without waiting for each other and gives the rows of each, in order. */
  flight(statements: readonly Statement[]): Promise<Row[][]>
  /** Several statements without parameters, as a migration file has them. */
  script(sql: string): Promise<void>
}

export interface Database extends Queryable {
  /** PGlite is one session; on PostgreSQL other processes may write the same tenants. */
  readonly kind: 'pglite' | 'postgres'
  /** Commits when `work` resolves, rolls back when it rejects. `begin` and `commit` as text are refused. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** All statements in one transaction of their own, sent at once: all happen or none. */
  flight(statements: readonly Statement[]): Promise<Row[][]>
  close(): Promise<void>
}

/** A unique or primary key refused a row. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation'
  /** Name of the constraint. Citus appends a shard's id: compare with `violates`. */
  readonly constraint: string
  constructor(constraint: string, options?: ErrorOptions) {
    super(`unique constraint ${constraint} refused a row`, options)
    this.constraint = constraint
  }

  violates(constraint: string): boolean {
    return this.constraint.startsWith(constraint)
  }
}

/** No answer from the database: whether the statement took effect is unknown. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** An array as PostgreSQL's text form, for one `$n::type[]` parameter. */
export function sqlArray(values: readonly SqlValue[]): string {
  const [first] = values
  if (typeof first === 'string' && values.every(isPlainText)) return `{${JSON.stringify(values).slice(1, -1)}}`
  if ((typeof first === 'bigint' || typeof first === 'number') && values.every(isWhole)) return `{${values.join(',')}}`
  return `{${values.map(element).join(',')}}`
}

const isWhole = (value: SqlValue): boolean => typeof value === 'bigint' || Number.isSafeInteger(value)

/** JSON writes it as PostgreSQL wants it, a backslash before quotes and backslashes, and is written by the engine itself. */
const isPlainText = (value: SqlValue): boolean => typeof value === 'string' && !HAS_OTHER_ESCAPES.test(value)

/** What JSON writes otherwise: control characters, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones meant
const HAS_OTHER_ESCAPES = /[\u0000-\u001f\ud800-\udfff]/

function element(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return `"${value.toISOString()}"`
  if (value instanceof Uint8Array) return `"\\\\x${hex(value)}"`
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

export const hex = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('hex')
