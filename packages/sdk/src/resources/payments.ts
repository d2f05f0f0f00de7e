import type { CreatePayment, CreateRefund, Payment, Receipt, Refund } from '@pisto/contract'
import { dryRunOf } from '../http/dry-run.ts'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, MoneyOptions } from '../options.ts'

export interface PaymentFilter extends Query<'listPayments'> {}
export interface RefundFilter extends Query<'listRefunds'> {}

/** Money moves from payer to payee, and back. */
export interface Payments {
  /** Pays by code or alias: at once, or with `confirmation: 'later'` holds the money until `confirm`. */
  create(payment: CreatePayment, options?: MoneyOptions): Promise<Payment>
  /** Newest first. */
  list(filter?: PaymentFilter, options?: CallOptions): List<Payment>
  get(paymentId: string, options?: CallOptions): Promise<Payment>
  /** Completes a payment whose money is held. */
  confirm(paymentId: string, options?: MoneyOptions): Promise<Payment>
  /** Gives held money back to the payer. */
  cancel(paymentId: string, options?: MoneyOptions): Promise<Payment>
  /** Gives back all or part of a completed payment. */
  refund(paymentId: string, refund: CreateRefund, options?: MoneyOptions): Promise<Refund>
  /** A payment's refunds, newest first. */
  refunds(paymentId: string, filter?: RefundFilter, options?: CallOptions): List<Refund>
  /** The signed statement that it completed. */
  receipt(paymentId: string, options?: CallOptions): Promise<Receipt>
  /** That it is in the bank’s log, as C2SP tlog-proof; check it with `verifyProofText`, with no network. */
  receiptProof(paymentId: string, options?: CallOptions): Promise<string>
  /** The receipt as a QR code for the shop’s phone, sharp at any size. */
  receiptSvg(paymentId: string, options?: CallOptions): Promise<string>
  /** The receipt as a QR code for the shop’s phone, 8 pixels a module. */
  receiptPng(paymentId: string, options?: CallOptions): Promise<Uint8Array>
}

export function payments(http: Http): Payments {
  return {
    create: (body, options) => http.send('createPayment', { body, query: dryRunOf(options) }, options),
    list: (query = {}, options) => http.list('listPayments', { query }, options),
    get: (paymentId, options) => http.send('getPayment', { paymentId }, options),
    confirm: (paymentId, options) => http.send('confirmPayment', { paymentId, query: dryRunOf(options) }, options),
    cancel: (paymentId, options) => http.send('cancelPayment', { paymentId, query: dryRunOf(options) }, options),
    refund: (paymentId, body, options) =>
      http.send('createRefund', { paymentId, body, query: dryRunOf(options) }, options),
    refunds: (paymentId, query = {}, options) => http.list('listRefunds', { paymentId, query }, options),
    receipt: (paymentId, options) => http.send('getPaymentReceipt', { paymentId }, options),
    receiptProof: (paymentId, options) => http.text('getPaymentReceipt', { paymentId }, options),
    receiptSvg: (paymentId, options) => http.image('getPaymentReceipt', 'image/svg+xml', { paymentId }, options),
    receiptPng: (paymentId, options) => http.image('getPaymentReceipt', 'image/png', { paymentId }, options),
  }
}
