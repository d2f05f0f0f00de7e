import type { Money } from '@pisto/sdk'
import type { Log } from '../platform/log.ts'

/** Something to tell a customer, told at least once: after a crash maybe twice, with the same id. */
export interface Notification {
  /** The event's: what was told before may be known by it. */
  readonly id: string
  readonly customerNumber: string
  readonly kind: 'salePaid' | 'paymentRefunded'
  readonly amount: Money
  /** In Spanish, for a phone's lock screen. */
  readonly text: string
}

/** The bank's push service. */
export interface Notifier {
  /** Resolves when the notification is taken on; until then it will be told again. */
  notify(notification: Notification): Promise<void>
}

/** Stands where the bank's push service would: one line in the log for each, without the text. */
export const logNotifier = (log: Log): Notifier => ({
  async notify({ id, kind }) {
    log.info({ eventId: id, kind }, 'notification')
  },
})
