/** So many payments are remembered at least: weeks of a busy shop. */
const REMEMBERED = 10_000

/**
 * The payments that a device has counted: a receipt that is shown a second time, by whomever and however it is spelled
 * or signed, is of a payment that is in here. Kept by payment id, never by text: the same payment has many receipts (one
 * for each key, as QR code, as SMS).
 *
 * Keep `ids()` where it outlives the app, and give it back at the next start. A phone of the same shop has a memory of
 * its own: share the ids where there is a network, or one phone may count what another has counted.
 *
 * @example
 * const shown = new ShownPayments(JSON.parse(localStorage.getItem('shown') ?? '[]'))
 * const verdict = await verifyReceipt(text, { …, shownBefore: shown.has })
 * if (verdict.colour !== 'red') shown.add(verdict.fields.paymentId)
 * localStorage.setItem('shown', JSON.stringify(shown.ids()))
 */
export class ShownPayments {
  readonly #ids: Set<string>
  readonly #remembered: number

  /** @param ids Of an earlier `ids()`. @param remembered How many of the newest are kept. */
  constructor(ids: Iterable<string> = [], remembered: number = REMEMBERED) {
    this.#ids = new Set(ids)
    this.#remembered = remembered
    this.#forget()
  }

  /** Whether the payment was counted. Bound: it can be given away as `shownBefore`. */
  readonly has = (paymentId: string): boolean => this.#ids.has(paymentId)

  /** Counts a payment, as soon as the shop has taken its receipt for good. */
  add(paymentId: string): void {
    this.#ids.delete(paymentId)
    this.#ids.add(paymentId)
    this.#forget()
  }

  /** Oldest first. */
  ids(): string[] {
    return [...this.#ids]
  }

  #forget(): void {
    for (const oldest of this.#ids) {
      if (this.#ids.size <= this.#remembered) return
      this.#ids.delete(oldest)
    }
  }
}
