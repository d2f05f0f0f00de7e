import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { codeImage } from '../qr-codes/image.ts'
import { ownOf } from '../sessions/person.ts'
import { showPayment } from './payment.ts'
import { getPaymentProof, getPaymentReceipt } from './receipt.ts'
import { listRefunds, showRefund } from './refund.ts'
import { createRefund } from './refunding.ts'
import { cancelPayment, confirmPayment } from './resolution.ts'
import { createPayment, type PaymentDeps, requirePayment } from './service.ts'
import { listPayments } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const paymentHandlers = (deps: PaymentDeps): Handlers<OperationTable['payments']> => ({
  createPayment: ({ body }, call) => createPayment(deps, call, body),
  listPayments({ query }, { tenantId, livemode, person }) {
    const { merchantId, payerAccountId, memberId, status } = query
    const filter = { merchantId, payerAccountId, memberId, status, own: person && ownOf(person) }
    const time = deps.clock.now()
    return pageById(
      query,
      'pay',
      (page) => listPayments(deps.db, tenantId, { ...filter, time, ...page }),
      (payment) => showPayment(payment, livemode, time, person),
    )
  },
  async getPayment({ paymentId }, { tenantId, livemode, person }) {
    return showPayment(await requirePayment(deps.db, tenantId, paymentId), livemode, deps.clock.now(), person)
  },
  confirmPayment: ({ paymentId }, call) => confirmPayment(deps, call, paymentId),
  cancelPayment: ({ paymentId }, call) => cancelPayment(deps, call, paymentId),
  createRefund: ({ paymentId, body }, call) => createRefund(deps, call, paymentId, body),
  async listRefunds({ paymentId, query }, { tenantId, livemode }) {
    await requirePayment(deps.db, tenantId, paymentId)
    return pageById(
      query,
      'ref',
      (page) => listRefunds(deps.db, tenantId, paymentId, page),
      (refund) => showRefund(refund, livemode),
    )
  },
  async getPaymentReceipt({ paymentId }, call) {
    if (call.mediaType === 'text/plain') return getPaymentProof(deps, call, paymentId)
    const receipt = await getPaymentReceipt(deps, call, paymentId)
    return codeImage(call.mediaType, receipt.compact, paymentId) ?? receipt
  },
})
