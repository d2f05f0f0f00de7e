import { type CreateRefund, PistoProblem, type Refund as RefundAnswer } from '@pisto/contract'
import { formatMinor } from '@pisto/money/text'
import { commitText } from '../platform/committed-text.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf } from '../platform/minor.ts'
import { perform } from '../platform/perform.ts'
import { requireNotHeld } from '../registrations/payers.ts'
import type { Payment } from './payment.ts'
import { insertRefunds, type RefundDraft, showRefund, textOfRefund } from './refund.ts'
import { type PaymentDeps, requirePayment } from './service.ts'
import { nextStatus } from './states.ts'
import { movePayments } from './store.ts'

/**
 * Gives back all or part of a completed payment, out of the payee's balance. The refunded amount is compared and
 * swapped with the money: refunds never add up to more than was paid.
 *
 * @throws {NotFound} `payment_not_found`
 * @throws {WrongStatus} `payment_wrong_status`
 * @throws {PistoProblem} `currency_mismatch`, `refund_exceeds_payment`, `insufficient_funds`, `account_closed`, `account_frozen`:
 *   the merchant is held by a case
 */
export function createRefund(
  deps: PaymentDeps,
  call: Call,
  paymentId: string,
  body: CreateRefund,
): Promise<RefundAnswer> {
  const { amount } = body
  const reason = body.reason ?? null
  const { salt, commitments } = commitText(deps.random, textOfRefund({ reason }))
  const id = deps.ids.next('ref')
  return perform<RefundAnswer>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const payment = await requirePayment(reader, call.tenantId, paymentId)
    const { currency, payerAccountId, payeeAccountId } = payment
    if (amount.currency !== currency) throw new PistoProblem('currency_mismatch', { currency })
    const amountMinor = minorOf(amount)
    const refunded = afterRefund(payment, amountMinor)
    await requireNotHeld(reader, call.tenantId, [payeeAccountId])
    const refund: RefundDraft = { id, paymentId, amountMinor, currency, reason, salt, createdAt: ledgerTime }
    return {
      purpose: 'refund.completed',
      references: { refundId: id, paymentId, merchantId: payment.merchantId },
      transfers: [{ kind: 'posted', debit: payeeAccountId, credit: payerAccountId, amount, uncounted: true }],
      events: [{ type: 'refund.completed', objectId: id, status: 'completed' }],
      commitments,
      companions: [insertRefunds.row(refund), movePayments.row({ from: payment, to: refunded, resolves: false })],
      answer: ({ transactionId, sequence }) => showRefund({ ...refund, transactionId, sequence }, call.livemode),
    }
  })
}

/** The payment with that much more refunded. */
function afterRefund(payment: Payment, amountMinor: bigint): Payment {
  const refundable = payment.amountMinor - payment.refundedMinor
  const status = nextStatus(payment.status, amountMinor === refundable ? 'refundRest' : 'refundPart')
  if (amountMinor > refundable) {
    const { currency } = payment
    throw new PistoProblem('refund_exceeds_payment', { refundable: formatMinor(refundable, currency), currency })
  }
  return { ...payment, status, refundedMinor: payment.refundedMinor + amountMinor }
}
