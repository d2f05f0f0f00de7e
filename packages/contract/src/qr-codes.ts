import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { QR_IMAGES, QrTip } from './qr.ts'
import { Livemode, nullable, PositiveMoney, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

export const QrCodeStatus = Type.Enum(['active', 'reserved', 'used', 'expired', 'revoked'])
export type QrCodeStatus = Static<typeof QrCodeStatus>

/** EMV allows 25 characters each, and 99 for all of them with their heads. */
const additional = (object: string, what: string) =>
  Type.Optional({ ...text(25), description: `62.${object}: ${what}` })

export const QrAdditionalData = strictObject(
  {
    billNumber: additional('01', 'the invoice'),
    mobileNumber: additional('02', 'a phone, of a top-up or a bill'),
    storeLabel: additional('03', 'which shop of the merchant’s'),
    loyaltyNumber: additional('04', 'a loyalty card'),
    customerLabel: additional('06', 'who buys: a subscriber number'),
    terminalLabel: additional('07', 'which till'),
    purpose: additional('08', 'what is paid for'),
  },
  {
    title: 'QrAdditionalData',
    description:
      'What the code says beside who is paid (EMV object 62); together at most 99 characters, 4 for each head',
  },
)
export interface QrAdditionalData extends Static<typeof QrAdditionalData> {}

export const QrCode = strictObject(
  {
    id: idOf('qrc'),
    livemode: Livemode,
    status: QrCodeStatus,
    merchantId: idOf('mer'),
    payload: Type.String({ maxLength: 512, description: 'EMV merchant-presented, signed' }),
    amount: nullable(PositiveMoney),
    tip: nullable(QrTip),
    additionalData: QrAdditionalData,
    oneShot: Type.Boolean({ description: 'One payment uses it up' }),
    paymentId: nullable(idOf('pay')),
    expiresAt: nullable(Timestamp),
    supersedes: nullable(idOf('qrc')),
    supersededBy: nullable(idOf('qrc')),
    revokedReason: nullable(Type.String()),
    createdAt: Timestamp,
  },
  { title: 'QrCode', description: 'A code that a merchant prints or shows until it is revoked, used or expired' },
)
export interface QrCode extends Static<typeof QrCode> {}

export const CreateQrCode = strictObject(
  {
    amount: Type.Optional(PositiveMoney),
    tip: Type.Optional(QrTip),
    additionalData: Type.Optional(QrAdditionalData),
    expiresAt: Type.Optional({ ...Timestamp, description: 'Left out: until it is revoked' }),
    oneShot: Type.Optional(Type.Boolean({ description: 'One payment uses it up. Default false' })),
    supersedes: Type.Optional({ ...idOf('qrc'), description: 'Revoked in the same transaction' }),
  },
  { title: 'CreateQrCode', description: 'Without `amount` the payer enters it' },
)
export interface CreateQrCode extends Static<typeof CreateQrCode> {}

export const RevokeQrCode = strictObject({ reason: Type.Optional(text(200)) }, { title: 'RevokeQrCode' })
export interface RevokeQrCode extends Static<typeof RevokeQrCode> {}

export const QrCodePage = pageOf(QrCode, 'QrCodePage')

export const createQrCode = operation({
  id: 'createQrCode',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/qr-codes',
  summary: 'Make a code for the counter: for any amount or a fixed one, with or without an end',
  scope: 'qr:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: CreateQrCode,
  response: QrCode,
  status: 201,
  problems: [
    'merchant_not_found',
    'payee_inactive',
    'currency_mismatch',
    'qr_code_not_found',
    'qr_code_used',
    'qr_code_expired',
    'qr_code_revoked',
  ],
})

export const listQrCodes = operation({
  id: 'listQrCodes',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/qr-codes',
  summary: 'List a merchant’s codes, newest first',
  scope: 'qr:read',
  person: { scope: 'self:charge', of: { merchantId: 'staff' } },
  query: strictObject({ ...pageQuery, status: Type.Optional(QrCodeStatus) }),
  response: QrCodePage,
  problems: ['merchant_not_found'],
})

export const getQrCode = operation({
  id: 'getQrCode',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/qr-codes/{qrCodeId}',
  summary: 'Get a code, or a picture of it',
  scope: 'qr:read',
  person: { scope: 'self:charge', of: { merchantId: 'staff' } },
  response: QrCode,
  alternatives: QR_IMAGES,
  problems: ['qr_code_not_found'],
})

export const revokeQrCode = operation({
  id: 'revokeQrCode',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/qr-codes/{qrCodeId}/revoke',
  summary: 'Withdraw a code for good: nobody pays by it any more',
  scope: 'qr:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: RevokeQrCode,
  response: QrCode,
  problems: ['qr_code_not_found', 'qr_code_used', 'qr_code_expired', 'qr_code_revoked'],
})

export const getQrCodeSheet = operation({
  id: 'getQrCodeSheet',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/qr-codes/{qrCodeId}/sheet',
  summary: 'A sheet to print, A5: the code with the shop’s name and alias in large type',
  scope: 'qr:read',
  person: { scope: 'self:charge', of: { merchantId: 'staff' } },
  query: strictObject({ format: Type.Optional(Type.Enum(['pdf', 'svg'], { description: 'Default `pdf`' })) }),
  response: Type.String(),
  formats: { pdf: 'application/pdf', svg: 'image/svg+xml' },
  problems: ['qr_code_not_found', 'qr_code_used', 'qr_code_expired', 'qr_code_revoked'],
})
