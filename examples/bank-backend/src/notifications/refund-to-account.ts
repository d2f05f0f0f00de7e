import type { Entry, Event, Pisto } from '@pisto/sdk'
import { type CoreBanking, CoreRefused } from '../core-banking/core-banking.ts'
import type { Journal } from '../payments/journal.ts'
import type { PaymentOrder } from '../payments/order.ts'
import type { Log } from '../platform/log.ts'
import { displayMoney } from '../platform/money-text.ts'
import type { Notifier } from './notifier.ts'

export interface RefundDeps {
  readonly pisto: Pick<Pisto, 'accounts' | 'transactions'>
  readonly core: Pick<CoreBanking, 'credit'>
  readonly journal: Pick<Journal, 'findByPayment'>
  readonly notifier: Notifier
  readonly log: Log
  readonly payerAccountId: string
}

/**
 * `refund.completed`: a merchant has given money back to the bank's paying wallet. It belongs to the customer whose
 * order made the payment, so it is credited to the account that was debited; the refund's id is the core's reference,
 * so however often the event is met, it is credited once.
 */
export async function onRefundCompleted(deps: RefundDeps, event: Event): Promise<void> {
  const entry = await findEntry(deps, event.sequence)
  if (entry === undefined) return // the refund of a payment that somebody else made
  const { references } = await deps.pisto.transactions.get(entry.transactionId)
  const order = await deps.journal.findByPayment(references['paymentId'] ?? '')
  if (order === undefined) {
    deps.log.error({ refundId: event.objectId }, 'a refund of no order in the journal: needs a person')
    return
  }
  await giveBack(deps, event, order, entry.amount)
}

async function giveBack(deps: RefundDeps, event: Event, order: PaymentOrder, amount: Entry['amount']): Promise<void> {
  const { id: eventId, objectId: refundId } = event
  const { accountNumber, customerNumber } = order
  try {
    const reference = `PISTO-${refundId}`
    await deps.core.credit({ reference, accountNumber, amount, concept: 'Devolución de pago con QR' })
  } catch (error) {
    if (!(error instanceof CoreRefused)) throw error
    deps.log.error({ refundId, orderId: order.id, error }, 'the core refuses to credit a refund: needs a person')
    return
  }
  const text = `Le devolvieron ${displayMoney(amount)}.`
  await deps.notifier.notify({ id: eventId, customerNumber, kind: 'paymentRefunded', amount, text })
}

/** What that moment of history did to the bank's paying wallet. */
async function findEntry({ pisto, payerAccountId }: RefundDeps, sequence: number): Promise<Entry | undefined> {
  for await (const entry of pisto.accounts.entries(payerAccountId)) {
    if (entry.sequence === sequence) return entry
    if (entry.sequence < sequence) return undefined
  }
  return undefined
}
