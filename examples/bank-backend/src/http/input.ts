import { amountPattern } from '@pisto/money/text'
import type { Request } from 'express'
import { Type } from 'typebox'
import { BankProblem } from './bank-problem.ts'

/** Free text of a person: no control characters. */
export const shortText = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })

/** More than nothing, with exactly the currency's digits: `30.10`. Wallet currencies have two each. */
export const PositiveMoney = Type.Object(
  {
    amount: Type.String({ pattern: amountPattern('GTQ', { signed: false }).replace('^', '^(?!0\\.00$)') }),
    currency: Type.Enum(['GTQ', 'HNL', 'USD']),
  },
  { additionalProperties: false },
)

/** What `typebox/compile` gives, as far as it is needed here. */
interface Shape<T> {
  Check(value: unknown): value is T
  Errors(value: unknown): readonly { readonly instancePath: string }[]
}

/** The request's body, known to have this shape. @throws {BankProblem} `request_invalid`, `media_type_unsupported` */
export function bodyOf<T>(request: Request, shape: Shape<T>): T {
  const body: unknown = request.body
  if (body === undefined) throw new BankProblem('media_type_unsupported')
  if (shape.Check(body)) return body
  const pointers = new Set(shape.Errors(body).map(({ instancePath }) => instancePath))
  const fields = [...pointers].map((pointer) => ({ pointer, message: 'Falta o no es válido.' }))
  throw new BankProblem('request_invalid', {}, { fields })
}

/** A part of the path. */
export function pathPart(request: Request, name: string): string {
  const part = request.params[name]
  if (typeof part !== 'string') throw new RangeError(`the route has no ${name}`)
  return part
}

/**
 * The app's own name of what the person wants, made when the screen opened: a second tap sends the same one.
 * @throws {BankProblem} `key_missing`
 */
export function intentOf(request: Request): string {
  const key = request.get('idempotency-key') ?? ''
  if (!/^[\x21-\x7e]{8,100}$/.test(key)) throw new BankProblem('key_missing')
  return key
}
