import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { pageById } from '../platform/http/page.ts'
import { codeImage } from '../qr-codes/image.ts'
import { ownOf } from '../sessions/person.ts'
import { showPaymentRequest } from './payment-request.ts'
import {
  cancelPaymentRequest,
  createPaymentRequest,
  type PaymentRequestDeps,
  requirePaymentRequest,
} from './service.ts'
import { listPaymentRequests } from './store.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const paymentRequestHandlers = (deps: PaymentRequestDeps): Handlers<OperationTable['paymentRequests']> => ({
  createPaymentRequest: ({ body }, call) => createPaymentRequest(deps, call, body),
  listPaymentRequests({ query }, { tenantId, livemode, person }) {
    const { merchantId, memberId, status } = query
    const own = person && ownOf(person)
    const time = deps.clock.now()
    return pageById(
      query,
      'req',
      (page) => listPaymentRequests(deps.db, tenantId, { merchantId, memberId, own, status, time, ...page }),
      (request) => showPaymentRequest(request, livemode, time),
    )
  },
  async getPaymentRequest({ paymentRequestId }, { tenantId, livemode, mediaType }) {
    const request = await requirePaymentRequest(deps.db, tenantId, paymentRequestId)
    const image = codeImage(mediaType, request.qrPayload, request.id)
    return image ?? showPaymentRequest(request, livemode, deps.clock.now())
  },
  cancelPaymentRequest: ({ paymentRequestId }, call) => cancelPaymentRequest(deps, call, paymentRequestId),
})
