import type { Pisto } from '@pisto/sdk'
import express, { type Express } from 'express'
import { chargeRoutes } from './charges/routes.ts'
import type { CoreBanking } from './core-banking/core-banking.ts'
import { problemHandler } from './http/answer-problem.ts'
import { BankProblem } from './http/bank-problem.ts'
import type { Session } from './http/session.ts'
import { merchantRoutes } from './merchants/routes.ts'
import type { EventCursor } from './notifications/cursor.ts'
import { followEvents } from './notifications/follow-events.ts'
import type { Notifier } from './notifications/notifier.ts'
import { onRefundCompleted } from './notifications/refund-to-account.ts'
import { onPaymentCompleted } from './notifications/sale-paid.ts'
import { admit } from './payments/admission.ts'
import type { Journal } from './payments/journal.ts'
import { keepResuming } from './payments/keep-resuming.ts'
import { PaymentOrders } from './payments/payment-orders.ts'
import { paymentRoutes } from './payments/routes.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import { saleRoutes } from './sales/routes.ts'

/** Everything that differs between the bank, this example and a test. Nothing else is global. */
export interface Parts {
  readonly pisto: Pisto
  readonly core: CoreBanking
  readonly journal: Journal
  readonly cursor: EventCursor
  readonly notifier: Notifier
  readonly session: Session
  readonly clock: Clock
  readonly log: Log
  /** The bank's own wallet at Pisto, out of which merchants are paid. */
  readonly payerAccountId: string
  readonly patience: Patience
}

/** In milliseconds. */
export interface Patience {
  /** The app is told by then, if only that the payment is under way. */
  readonly answerWithinMs: number
  /** A debit that is still unknown after so long is given up, and undone. */
  readonly debitPatienceMs: number
  /** Between looks at what is not finished. */
  readonly resumeEveryMs: number
  /** After a failure with an event, before it is tried again. */
  readonly eventRetryMs: number
}

export interface Service {
  readonly app: Express
  /** What goes on without anybody asking: unfinished orders and events, until the signal aborts. */
  work(signal: AbortSignal): Promise<void>
  /** Begins no further step of an order; resolves when those under way are on record. */
  settle(): Promise<void>
}

/** The composition root: the only file that knows which part uses which. */
export function compose(parts: Parts): Service {
  const { pisto, log, clock, patience } = parts
  const orders = new PaymentOrders({
    ...parts,
    ...patience,
    admit: (instruction) => admit(parts, instruction),
  })

  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple')
  app.use(express.json({ limit: '16kb' }))
  app.use(
    merchantRoutes(parts),
    chargeRoutes(parts),
    saleRoutes(parts),
    paymentRoutes({ ...parts, ...patience, orders }),
  )
  app.get('/healthz', (_, response) => void response.json({ status: 'ok' }))
  app.use(() => {
    throw new BankProblem('not_found')
  })
  app.use(problemHandler({ log }))

  const handlers = {
    'payment.completed': (event: Parameters<typeof onPaymentCompleted>[1]) => onPaymentCompleted(parts, event),
    'refund.completed': (event: Parameters<typeof onRefundCompleted>[1]) => onRefundCompleted(parts, event),
  }
  return {
    app,
    async work(signal) {
      await Promise.all([
        keepResuming({ orders, clock, log, everyMs: patience.resumeEveryMs }, signal),
        followEvents({ pisto, cursor: parts.cursor, clock, log, retryMs: patience.eventRetryMs }, handlers, signal),
      ])
    },
    settle: () => orders.stop(),
  }
}
