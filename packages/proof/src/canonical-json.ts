import canonicalize from 'canonicalize'
import { utf8 } from './bytes.ts'

/**
 * The one JSON text of a value: members sorted, no white space, numbers and strings spelled as ECMAScript does.
 * Members that are `undefined` are left out, objects with `toJSON` (dates) give what that returns.
 * @throws {TypeError} the value has no JSON text: `undefined`, a function, `bigint`, NaN, infinity, half a surrogate
 *   pair, a circle
 * @see RFC 8785 section 3.2
 * @example
 * canonicalJson({ b: 1, a: 'ñ' }) // '{"a":"ñ","b":1}'
 */
export function canonicalJson(value: unknown): string {
  const text = asItIs(value) ?? attempt(value)
  if (text === undefined) throw new TypeError('this has no JSON text')
  return text
}

/** Canonical JSON as UTF-8 bytes: what a log's leaf consists of and what commitments are over. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value))
}

function attempt(value: unknown): string | undefined {
  try {
    return canonicalize(value)
  } catch (cause) {
    throw new TypeError('this has no JSON text', { cause })
  }
}

/** What is in order already is written by the engine itself, four times quicker; undefined where that is not certain. */
function asItIs(value: unknown): string | undefined {
  if (!isInOrder(value)) return undefined
  const text = JSON.stringify(value)
  return text.includes('\\u') ? undefined : text // among them halves of surrogate pairs, which have no canonical text
}

function isInOrder(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || 'toJSON' in value) return false
  if (Array.isArray(value)) return value.every(isInOrder)
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && hasSortedMembers(value)
}

function hasSortedMembers(value: object): boolean {
  let last = ''
  for (const name in value) {
    if (name < last || !isInOrder((value as Readonly<Record<string, unknown>>)[name])) return false
    last = name
  }
  return true
}
