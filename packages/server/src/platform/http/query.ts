import { type FieldError, PistoProblem } from '@pisto/contract'
import { escapePointer, isStorable, UNSTORABLE } from './json-text.ts'

type Query = Record<string, string | number | boolean>

/** Types of a query schema's properties, as far as they need reading from text. */
interface QuerySchema {
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>
}

/**
 * Reads a query string by its schema: each name once, numbers and booleans as such. What cannot be read as its type
 * stays text, for the validator to refuse.
 *
 * @param text What follows the question mark.
 * @throws {PistoProblem} `request_invalid`: not percent-encoded UTF-8, a name twice
 */
export function readQuery(text: string, schema: object | undefined): Query {
  const properties = (schema as QuerySchema | undefined)?.properties ?? {}
  const query: Query = Object.create(null)
  const errors: FieldError[] = []
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    const value = decode(at < 0 ? '' : pair.slice(at + 1))
    const pointer = `/${escapePointer(name ?? '')}`
    if (name === undefined || value === undefined || !isStorable(name + value)) errors.push({ pointer, ...UNSTORABLE })
    else if (name in query) errors.push({ pointer, ...TWICE })
    else query[name] = coerce(value, Object.hasOwn(properties, name) ? properties[name]?.type : undefined)
  }
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
  return query
}

function coerce(value: string, type: string | undefined): string | number | boolean {
  if (type === 'integer' && /^-?(0|[1-9]\d{0,14})$/.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

const TWICE = {
  code: 'duplicate',
  message: 'Given more than once',
  messageEs: 'Se dio más de una vez',
} as const satisfies Omit<FieldError, 'pointer'>
