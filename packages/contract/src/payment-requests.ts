import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { QR_IMAGES } from './qr.ts'
import {
  Livemode,
  Metadata,
  nullable,
  PositiveMoney,
  pageOf,
  pageQuery,
  strictObject,
  Timestamp,
  text,
} from './values.ts'

export const PaymentRequestStatus = Type.Enum(['open', 'reserved', 'paid', 'expired', 'cancelled'])
export type PaymentRequestStatus = Static<typeof PaymentRequestStatus>

/** 8 characters of lower-case Crockford base32: 40 random bits that the payee's phone made. */
export const Challenge = Type.String({ pattern: '^[0-9a-hjkmnp-tv-z]{8}$' })

export const PaymentRequest = strictObject(
  {
    id: idOf('req'),
    livemode: Livemode,
    status: PaymentRequestStatus,
    merchantId: idOf('mer'),
    amount: PositiveMoney,
    reference: nullable(Type.String()),
    challenge: Challenge,
    qr: strictObject({ payload: Type.String({ maxLength: 512, description: 'EMV merchant-presented, signed' }) }),
    paymentId: nullable(idOf('pay')),
    memberId: nullable(Type.String({ description: 'Who charged: a member of the shop or its till' })),
    expiresAt: Timestamp,
    metadata: Metadata,
    createdAt: Timestamp,
  },
  { title: 'PaymentRequest', description: 'The payee asks for an amount' },
)
export interface PaymentRequest extends Static<typeof PaymentRequest> {}

export const CreatePaymentRequest = strictObject(
  {
    merchantId: idOf('mer'),
    amount: PositiveMoney,
    reference: Type.Optional(text(100)),
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: 604_800, description: 'Default 900' })),
    challenge: Type.Optional(Challenge),
    metadata: Type.Optional(Metadata),
  },
  { title: 'CreatePaymentRequest' },
)
export interface CreatePaymentRequest extends Static<typeof CreatePaymentRequest> {}

export const PaymentRequestPage = pageOf(PaymentRequest, 'PaymentRequestPage')

export const createPaymentRequest = operation({
  id: 'createPaymentRequest',
  method: 'POST',
  path: '/v1/payment-requests',
  summary: 'Ask for an amount: gives the QR code to show',
  scope: 'payment-requests:write',
  person: { scope: 'self:charge', of: { merchantId: 'staff' } },
  idempotencyKey: 'accepted',
  body: CreatePaymentRequest,
  response: PaymentRequest,
  status: 201,
  problems: ['merchant_not_found', 'payee_inactive', 'currency_mismatch'],
})

export const listPaymentRequests = operation({
  id: 'listPaymentRequests',
  method: 'GET',
  path: '/v1/payment-requests',
  summary: 'List payment requests, newest first',
  scope: 'payment-requests:read',
  person: { scope: 'self:charge' },
  query: strictObject({
    ...pageQuery,
    merchantId: Type.Optional(idOf('mer')),
    memberId: Type.Optional(idOf('mbr')),
    status: Type.Optional(PaymentRequestStatus),
  }),
  response: PaymentRequestPage,
  problems: [],
})

export const getPaymentRequest = operation({
  id: 'getPaymentRequest',
  method: 'GET',
  path: '/v1/payment-requests/{paymentRequestId}',
  summary: 'Get a payment request, or a picture of its code',
  scope: 'payment-requests:read',
  person: { scope: 'self:charge', of: { paymentRequestId: 'staff' } },
  response: PaymentRequest,
  alternatives: QR_IMAGES,
  problems: ['payment_request_not_found'],
})

export const cancelPaymentRequest = operation({
  id: 'cancelPaymentRequest',
  method: 'POST',
  path: '/v1/payment-requests/{paymentRequestId}/cancel',
  summary: 'Withdraw an open payment request',
  scope: 'payment-requests:write',
  person: { scope: 'self:charge', of: { paymentRequestId: 'staff' } },
  idempotencyKey: 'accepted',
  response: PaymentRequest,
  problems: ['payment_request_not_found', 'payment_request_wrong_status', 'payment_request_already_paid'],
})
