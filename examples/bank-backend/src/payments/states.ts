/**
 * How far a payment order is. Each status is on record before the next step begins, and says which step that is.
 *
 * `started`: the debit may have been sent · `debited`: the payment may have been sent · `undoing`: the undoing may have
 * been sent. The others are ends: `paid`, `declined` (nothing was ever taken), `undone` (taken and given back).
 */
export type OrderStatus = 'started' | 'debited' | 'undoing' | 'paid' | 'declined' | 'undone'

export type OrderEvent = 'debit' | 'decline' | 'abandon' | 'pay' | 'refuse' | 'undo'

const NEXT: Record<OrderStatus, Partial<Record<OrderEvent, OrderStatus>>> = {
  started: { debit: 'debited', decline: 'declined', abandon: 'undoing' },
  debited: { pay: 'paid', refuse: 'undoing' },
  undoing: { undo: 'undone' },
  paid: {},
  declined: {},
  undone: {},
}

/** @throws {RangeError} the table has no such move: the program is wrong */
export function nextStatus(from: OrderStatus, event: OrderEvent): OrderStatus {
  const to = NEXT[from][event]
  if (to === undefined) throw new RangeError(`an order that is ${from} cannot ${event}`)
  return to
}

export const isFinished = (status: OrderStatus): boolean => Object.keys(NEXT[status]).length === 0
