import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { Opening, TLOG_PROOF } from './log.ts'
import { type Alternative, operation } from './operation.ts'
import { Challenge } from './payment-requests.ts'
import {
  dryRunQuery,
  Livemode,
  Metadata,
  Money,
  nullable,
  PositiveMoney,
  pageOf,
  pageQuery,
  strictObject,
  Timestamp,
  text,
} from './values.ts'

export const PaymentStatus = Type.Enum([
  'created',
  'requiresConfirmation',
  'pending',
  'completed',
  'partiallyRefunded',
  'refunded',
  'failed',
  'expired',
  'cancelled',
])
export type PaymentStatus = Static<typeof PaymentStatus>

export const Payment = strictObject(
  {
    id: idOf('pay'),
    livemode: Livemode,
    status: PaymentStatus,
    merchantId: idOf('mer'),
    payerAccountId: idOf('acc'),
    payeeAccountId: idOf('acc'),
    amount: PositiveMoney,
    refundedAmount: Money,
    paymentRequestId: nullable(idOf('req')),
    qrCodeId: nullable(idOf('qrc')),
    memberId: nullable(
      Type.String({
        description: 'Who charged: a member of the shop or its till. Shown to the shop and its bank only',
      }),
    ),
    tip: nullable(PositiveMoney),
    reference: nullable(Type.String()),
    challenge: nullable(Challenge),
    transactionId: idOf('txn'),
    sequence: Type.Integer({ minimum: 1, description: 'Of the transaction that made or last moved the money' }),
    expiresAt: nullable(Timestamp),
    completedAt: nullable(Timestamp),
    metadata: Metadata,
    createdAt: Timestamp,
  },
  {
    title: 'Payment',
    description:
      'Money moves from payer to payee. `amount` is all of it; `tip` is the part that is a tip or a fee of the code',
  },
)
export interface Payment extends Static<typeof Payment> {}

export const CreatePayment = strictObject(
  {
    payerAccountId: idOf('acc'),
    qr: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: 'The payload of the scanned code' })),
    alias: Type.Optional(Type.String({ pattern: '^\\d{12}$', description: 'Instead of a code' })),
    amount: Type.Optional(PositiveMoney),
    tip: Type.Optional(PositiveMoney),
    confirmation: Type.Optional(
      Type.Enum(['now', 'later'], {
        description: '`later` holds the money until confirm, cancel or expiry. Default `now`',
      }),
    ),
    expiresInSeconds: Type.Optional(
      Type.Integer({ minimum: 30, maximum: 604_800, description: 'Of the hold, with `later`. Default 900' }),
    ),
    reference: Type.Optional(text(100)),
    metadata: Type.Optional(Metadata),
  },
  {
    title: 'CreatePayment',
    description:
      'Who is paid comes from `qr` or `alias`; `amount` is needed unless the code carries it. `tip` comes on top, where the code asks for one; fees of the code are added by themselves',
  },
)
export interface CreatePayment extends Static<typeof CreatePayment> {}

export const Refund = strictObject(
  {
    id: idOf('ref'),
    livemode: Livemode,
    paymentId: idOf('pay'),
    status: Type.Enum(['processing', 'completed', 'failed']),
    amount: PositiveMoney,
    reason: nullable(Type.String()),
    transactionId: idOf('txn'),
    sequence: Type.Integer({ minimum: 1 }),
    createdAt: Timestamp,
  },
  { title: 'Refund' },
)
export interface Refund extends Static<typeof Refund> {}

export const CreateRefund = strictObject(
  { amount: PositiveMoney, reason: Type.Optional(text(200)) },
  { title: 'CreateRefund' },
)
export interface CreateRefund extends Static<typeof CreateRefund> {}

export const Receipt = strictObject(
  {
    paymentId: idOf('pay'),
    livemode: Livemode,
    payee: strictObject({ name: Type.String(), alias: Type.String() }),
    amount: PositiveMoney,
    completedAt: Timestamp,
    opening: nullable(Opening),
    compact: Type.String({ maxLength: 179, description: 'Signed; verifies with no network (`pisto verify-receipt`)' }),
  },
  { title: 'Receipt', description: 'The signed statement that a payment completed' },
)
export interface Receipt extends Static<typeof Receipt> {}

export const PaymentPage = pageOf(Payment, 'PaymentPage')
export const RefundPage = pageOf(Refund, 'RefundPage')

const MONEY_PROBLEMS = [
  'account_frozen',
  'insufficient_funds',
  'account_closed',
  'same_account',
  'currency_mismatch',
  'amount_too_large',
] as const

export const createPayment = operation({
  id: 'createPayment',
  method: 'POST',
  path: '/v1/payments',
  summary: 'Pay by code or alias',
  scope: 'payments:write',
  person: { scope: 'self:pay', of: { payerAccountId: 'owner' } },
  idempotencyKey: 'required',
  query: dryRunQuery,
  body: CreatePayment,
  response: Payment,
  status: 201,
  problems: [
    'tier_too_low',
    'idempotency_key_required',
    'limit_exceeded',
    'receiving_limit_exceeded',
    ...MONEY_PROBLEMS,
    'account_not_found',
    'payee_not_found',
    'payee_moved',
    'payee_inactive',
    'payment_request_not_found',
    'payment_request_already_paid',
    'payment_request_expired',
    'payment_request_wrong_status',
    'qr_code_not_found',
    'qr_code_used',
    'qr_code_expired',
    'qr_code_revoked',
    'qr_invalid',
    'qr_signature_missing',
    'qr_signature_invalid',
    'qr_foreign',
  ],
})

export const listPayments = operation({
  id: 'listPayments',
  method: 'GET',
  path: '/v1/payments',
  summary: 'List payments, newest first',
  scope: 'payments:read',
  person: { scope: 'self:read' },
  query: strictObject({
    ...pageQuery,
    merchantId: Type.Optional(idOf('mer')),
    payerAccountId: Type.Optional(idOf('acc')),
    memberId: Type.Optional(idOf('mbr')),
    status: Type.Optional(PaymentStatus),
  }),
  response: PaymentPage,
  problems: [],
})

export const getPayment = operation({
  id: 'getPayment',
  method: 'GET',
  path: '/v1/payments/{paymentId}',
  summary: 'Get a payment',
  scope: 'payments:read',
  person: { scope: 'self:read', of: { paymentId: 'party' } },
  response: Payment,
  problems: ['payment_not_found'],
})

export const confirmPayment = operation({
  id: 'confirmPayment',
  method: 'POST',
  path: '/v1/payments/{paymentId}/confirm',
  summary: 'Complete a payment whose money is held',
  scope: 'payments:write',
  person: { scope: 'self:pay', of: { paymentId: 'payer' } },
  idempotencyKey: 'required',
  query: dryRunQuery,
  response: Payment,
  problems: [
    'idempotency_key_required',
    'payment_not_found',
    'payment_wrong_status',
    'hold_expired',
    'hold_resolved',
    'account_frozen',
  ],
})

export const cancelPayment = operation({
  id: 'cancelPayment',
  method: 'POST',
  path: '/v1/payments/{paymentId}/cancel',
  summary: 'Give held money back to the payer',
  scope: 'payments:write',
  person: { scope: 'self:pay', of: { paymentId: 'payer' } },
  idempotencyKey: 'required',
  query: dryRunQuery,
  response: Payment,
  problems: ['idempotency_key_required', 'payment_not_found', 'payment_wrong_status', 'hold_resolved'],
})

export const createRefund = operation({
  id: 'createRefund',
  method: 'POST',
  path: '/v1/payments/{paymentId}/refunds',
  summary: 'Give back all or part of a completed payment',
  scope: 'payments:write',
  person: { scope: 'self:manage', of: { paymentId: 'owner' } },
  idempotencyKey: 'required',
  query: dryRunQuery,
  body: CreateRefund,
  response: Refund,
  status: 201,
  problems: [
    'idempotency_key_required',
    'payment_not_found',
    'payment_wrong_status',
    'refund_exceeds_payment',
    ...MONEY_PROBLEMS,
  ],
})

export const listRefunds = operation({
  id: 'listRefunds',
  method: 'GET',
  path: '/v1/payments/{paymentId}/refunds',
  summary: 'List a payment’s refunds, newest first',
  scope: 'payments:read',
  person: { scope: 'self:read', of: { paymentId: 'party' } },
  query: strictObject(pageQuery),
  response: RefundPage,
  problems: ['payment_not_found'],
})

/** The compact form, to be scanned by the shop's phone. */
const RECEIPT_IMAGES = [
  { mediaType: 'image/svg+xml', description: 'The compact form as a QR code, sharp at any size' },
  { mediaType: 'image/png', description: 'The compact form as a QR code, 8 pixels a module' },
] as const satisfies readonly Alternative[]

export const getPaymentReceipt = operation({
  id: 'getPaymentReceipt',
  method: 'GET',
  path: '/v1/payments/{paymentId}/receipt',
  summary: 'The receipt of a completed payment',
  scope: 'payments:read',
  person: { scope: 'self:read', of: { paymentId: 'party' } },
  response: Receipt,
  alternatives: [TLOG_PROOF, ...RECEIPT_IMAGES],
  problems: ['payment_not_found', 'payment_wrong_status', 'proof_not_found', 'log_unsigned'],
})
