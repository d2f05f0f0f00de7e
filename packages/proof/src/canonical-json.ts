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
  const text = attempt(value)
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
