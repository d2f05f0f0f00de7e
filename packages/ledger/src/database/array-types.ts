import type { PostgresType } from 'postgres'
import { parse } from 'postgres-array'

/** The array type of each type that may be selected as an array. @see PostgreSQL's pg_type.dat */
const ARRAYS: Record<string, { readonly oid: number; readonly element: (text: string) => unknown }> = {
  boolean: { oid: 1000, element: (text) => text === 't' },
  smallint: { oid: 1005, element: Number },
  integer: { oid: 1007, element: Number },
  bigint: { oid: 1016, element: BigInt },
  text: { oid: 1009, element: String },
  uuid: { oid: 2951, element: String },
  timestamptz: { oid: 1185, element: (text) => new Date(text) },
}

/**
 * Parsers of arrays. postgres.js would ask each new connection for them, and when the connection is lost before the
 * answer nobody can catch that: the process ends. Arrays as parameters are texts already (`sqlArray`).
 */
export const ARRAY_TYPES: Record<string, PostgresType> = Object.fromEntries(
  Object.entries(ARRAYS).map(([name, { oid, element }]) => [
    `${name}Array`,
    { to: oid, from: [oid], serialize: (text: unknown) => text, parse: (text: string) => parse(text, element) },
  ]),
)
