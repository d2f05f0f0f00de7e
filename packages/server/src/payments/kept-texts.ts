import type { FindKeptTexts } from '../log/openings.ts'
import { textOf } from './payment.ts'
import { findRefund, textOfRefund } from './refund.ts'
import { findPayment } from './store.ts'

/** Of the payment that a transaction is about, if it is about one. */
export const findPaymentTexts: FindKeptTexts = async (reader, tenantId, { references }) => {
  const payment = await findPayment(reader, tenantId, references['paymentId'] ?? '')
  return payment ? [{ salt: payment.salt, text: textOf(payment) }] : []
}

/** Of the refund that a transaction is about, if it is about one. */
export const findRefundTexts: FindKeptTexts = async (reader, tenantId, { references }) => {
  const refund = await findRefund(reader, tenantId, references['refundId'] ?? '')
  return refund ? [{ salt: refund.salt, text: textOfRefund(refund) }] : []
}
