import type { ConfirmCode, CreateMerchant, Merchant, PhoneVerification, Requirements } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'
import { type QrCodes, qrCodes } from './qr-codes.ts'

export interface MerchantFilter extends Query<'listMerchants'> {}

/** Micro-businesses that take payments. */
export interface Merchants {
  /** Registers a merchant as a draft. */
  create(merchant: CreateMerchant, options?: WriteOptions): Promise<Merchant>
  /** Newest first. */
  list(filter?: MerchantFilter, options?: CallOptions): List<Merchant>
  get(merchantId: string, options?: CallOptions): Promise<Merchant>
  /** What this merchant still has to give. */
  requirements(merchantId: string, options?: CallOptions): Promise<Requirements>
  /** Sends a code to the merchant's phone. */
  startPhoneVerification(merchantId: string, options?: WriteOptions): Promise<PhoneVerification>
  /** Confirms the phone with the code; `verificationId` is the `id` that starting gave. */
  confirmPhoneVerification(
    merchantId: string,
    verificationId: string,
    code: ConfirmCode,
    options?: WriteOptions,
  ): Promise<PhoneVerification>
  /** Submits the registration: within tier 1 it is active at once, with an account. */
  submit(merchantId: string, options?: WriteOptions): Promise<Merchant>
  /** Codes for the counter. */
  readonly qrCodes: QrCodes
}

export function merchants(http: Http): Merchants {
  return {
    create: (body, options) => http.send('createMerchant', { body }, options),
    list: (query = {}, options) => http.list('listMerchants', { query }, options),
    get: (merchantId, options) => http.send('getMerchant', { merchantId }, options),
    requirements: (merchantId, options) => http.send('getMerchantRequirements', { merchantId }, options),
    startPhoneVerification: (merchantId, options) =>
      http.send('startMerchantPhoneVerification', { merchantId }, options),
    confirmPhoneVerification: (merchantId, verificationId, body, options) =>
      http.send('confirmMerchantPhoneVerification', { merchantId, verificationId, body }, options),
    submit: (merchantId, options) => http.send('submitMerchant', { merchantId }, options),
    qrCodes: qrCodes(http),
  }
}
