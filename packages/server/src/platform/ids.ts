import { NotFound, type ProblemCode } from '@pisto/contract'
import { isTypeId, toUuid } from '@pisto/ledger'

/**
 * The `uuid` of an id that came from outside. What is no id of that kind cannot exist: it is answered like an id that
 * nobody has.
 *
 * @param problem The operation's own `…_not_found`.
 * @throws {NotFound} `id` is no TypeID with this prefix
 * @example
 * uuidOr(paymentId, 'pay', 'payment_not_found')
 */
export function uuidOr(id: string, prefix: string, problem: ProblemCode): string {
  if (!isTypeId(id, prefix)) throw new NotFound(problem, { id })
  return toUuid(id)
}
