import type { PaymentOrder } from './order.ts'
import type { OrderStatus } from './states.ts'

/**
 * Where payment orders are on record. A bank keeps it in its own database, a row an order; `record` is then
 * `insert … on conflict do nothing` or `update … where id = $1 and status = $2`, committed.
 */
export interface Journal {
  find(orderId: string): Promise<PaymentOrder | undefined>
  /** The order that made a payment at Pisto. */
  findByPayment(paymentId: string): Promise<PaymentOrder | undefined>
  /** Orders that have not come to an end, oldest first. */
  unfinished(): Promise<readonly PaymentOrder[]>
  /**
   * Puts an order's new status on record. When it resolves, the record survives a power cut.
   *
   * @param from What the record says until now; undefined: there is none.
   * @throws {JournalConflict} the record says something else: another process has moved the order meanwhile
   */
  record(order: PaymentOrder, from: OrderStatus | undefined): Promise<void>
}

export class JournalConflict extends Error {
  override readonly name = 'JournalConflict'

  constructor(order: PaymentOrder, from: OrderStatus | undefined, found: OrderStatus | undefined) {
    super(`${order.id} was ${from ?? 'new'} to us, and ${found ?? 'new'} in the journal`)
  }
}
