import type { FindKeptTexts } from '../log/openings.ts'
import { textOf } from './payment-request.ts'
import { findPaymentRequest } from './store.ts'

/** Of the request that a transaction is about, if it is about one. */
export const findPaymentRequestTexts: FindKeptTexts = async (reader, tenantId, { references }) => {
  const request = await findPaymentRequest(reader, tenantId, references['paymentRequestId'] ?? '')
  return request ? [{ salt: request.salt, text: textOf(request) }] : []
}
