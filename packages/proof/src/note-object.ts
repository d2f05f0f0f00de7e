/** What directories and evidence have in common: a note of two lines, a header and a JSON object. */
import type { MalformedProof } from './errors.ts'

type Object = Readonly<Record<string, unknown>>

/** Makes the error of a kind of note. */
export type Malformed = (what: string, options?: ErrorOptions) => MalformedProof

/**
 * The object of a note's text.
 * @param kind What it is called where it is not one: `a directory`.
 * @returns The object, and its JSON as it is written.
 */
export function readNoteObject(
  text: string,
  { header, kind, malformed }: { readonly header: string; readonly kind: string; readonly malformed: Malformed },
): { readonly json: string; readonly value: Object } {
  const [first, json = '', end, ...more] = text.split('\n')
  if (first !== header || end !== '' || more.length > 0) throw malformed(`not the two lines of ${kind}`)
  return { json, value: parsed(json, malformed) }
}

function parsed(json: string, malformed: Malformed): Object {
  try {
    const value: unknown = JSON.parse(json)
    if (isObject(value)) return value
  } catch (cause) {
    throw malformed('not JSON', { cause })
  }
  throw malformed('not a JSON object')
}

export const isObject = (value: unknown): value is Object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
