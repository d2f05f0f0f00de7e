import { PistoProblem } from '@pisto/contract'
import type { Call } from '../platform/http/call.ts'

/** Who decides: a name that the caller vouches for, and the caller (docs/decisions/0010-operators-by-name.md). */
export interface Operator {
  readonly name: string
  /** Id of the key or OAuth client that vouches. */
  readonly clientId: string
}

export const operatorOf = ({ clientId }: Pick<Call, 'clientId'>, actor: string): Operator => ({
  name: actor,
  clientId,
})

/** Is it one person? Capitals, spaces and forms of the same letters make no second one. */
export const isSameOperator = (a: string, b: string): boolean => keyOf(a) === keyOf(b)

/** Is something with this operator? Null: with nobody. */
export const isWith = (assignedTo: string | null, who: string | null): boolean =>
  assignedTo === null || who === null ? assignedTo === who : isSameOperator(assignedTo, who)

/** While somebody works on something, nobody else decides about it. @throws {PistoProblem} `review_assigned` */
export function requireNotWithAnother(assignedTo: string | null, actor: string): void {
  if (assignedTo !== null && !isSameOperator(assignedTo, actor)) throw assigned(assignedTo)
}

export const assigned = (assignedTo: string | null): PistoProblem =>
  new PistoProblem('review_assigned', assignedTo === null ? {} : { assignedTo })

const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\s\p{Cf}\p{M}]+/gu, '')
    .toLowerCase()
