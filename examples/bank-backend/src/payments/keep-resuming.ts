import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { PaymentOrders } from './payment-orders.ts'

export interface ResumeDeps {
  readonly orders: Pick<PaymentOrders, 'resume'>
  readonly clock: Clock
  readonly log: Log
  readonly everyMs: number
}

/** Goes on with unfinished orders: at once, as after a crash, and then time and again until the signal aborts. */
export async function keepResuming({ orders, clock, log, everyMs }: ResumeDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await orders.resume().catch((error: unknown) => log.error({ error }, 'orders cannot be resumed'))
    await clock.sleep(everyMs, signal).catch(() => {})
  }
}
