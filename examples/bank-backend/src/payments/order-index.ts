import { type Journal, JournalConflict } from './journal.ts'
import type { PaymentOrder } from './order.ts'
import { isFinished, type OrderStatus } from './states.ts'

/** The newest record of each order, in memory. By itself a journal for tests; a file makes it a durable one. */
export class OrderIndex implements Journal {
  readonly #orders = new Map<string, PaymentOrder>()
  readonly #byPayment = new Map<string, string>()
  /** Apart, so that what is left to do is found without reading all that was ever done. */
  readonly #unfinished = new Set<string>()

  async find(orderId: string): Promise<PaymentOrder | undefined> {
    return this.#orders.get(orderId)
  }

  async findByPayment(paymentId: string): Promise<PaymentOrder | undefined> {
    return this.#orders.get(this.#byPayment.get(paymentId) ?? '')
  }

  async unfinished(): Promise<readonly PaymentOrder[]> {
    return [...this.#unfinished].flatMap((id) => this.#orders.get(id) ?? [])
  }

  async record(order: PaymentOrder, from: OrderStatus | undefined): Promise<void> {
    this.require(order, from)
    this.put(order)
  }

  /** @throws {JournalConflict} */
  require(order: PaymentOrder, from: OrderStatus | undefined): void {
    const found = this.#orders.get(order.id)?.status
    if (found !== from) throw new JournalConflict(order, from, found)
  }

  put(order: PaymentOrder): void {
    this.#orders.set(order.id, order)
    if (order.paymentId !== null) this.#byPayment.set(order.paymentId, order.id)
    if (isFinished(order.status)) this.#unfinished.delete(order.id)
    else this.#unfinished.add(order.id)
  }
}
