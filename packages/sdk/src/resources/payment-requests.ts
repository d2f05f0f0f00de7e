import type { CreatePaymentRequest, PaymentRequest } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface PaymentRequestFilter extends Query<'listPaymentRequests'> {}

/** The payee asks for an amount and shows a code. */
export interface PaymentRequests {
  /** Asks for an amount: `qr.payload` of the answer is the code to show. */
  create(paymentRequest: CreatePaymentRequest, options?: WriteOptions): Promise<PaymentRequest>
  /** Newest first. */
  list(filter?: PaymentRequestFilter, options?: CallOptions): List<PaymentRequest>
  get(paymentRequestId: string, options?: CallOptions): Promise<PaymentRequest>
  /** Its code as a picture, sharp at any size. */
  svg(paymentRequestId: string, options?: CallOptions): Promise<string>
  /** Its code as a picture, 8 pixels a module. */
  png(paymentRequestId: string, options?: CallOptions): Promise<Uint8Array>
  /** Withdraws an open one. */
  cancel(paymentRequestId: string, options?: WriteOptions): Promise<PaymentRequest>
}

export function paymentRequests(http: Http): PaymentRequests {
  return {
    create: (body, options) => http.send('createPaymentRequest', { body }, options),
    list: (query = {}, options) => http.list('listPaymentRequests', { query }, options),
    get: (paymentRequestId, options) => http.send('getPaymentRequest', { paymentRequestId }, options),
    svg: (paymentRequestId, options) => http.image('getPaymentRequest', 'image/svg+xml', { paymentRequestId }, options),
    png: (paymentRequestId, options) => http.image('getPaymentRequest', 'image/png', { paymentRequestId }, options),
    cancel: (paymentRequestId, options) => http.send('cancelPaymentRequest', { paymentRequestId }, options),
  }
}
