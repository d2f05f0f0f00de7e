import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { nullable, PositiveMoney, strictObject } from './values.ts'

export const QrFinding = strictObject(
  {
    code: Type.String(),
    rule: Type.String({ description: 'Id of the EMV rule, e.g. R05' }),
    path: Type.String({ description: 'Object, e.g. 62.05' }),
    offset: Type.Integer({ description: 'In characters from the start' }),
    severity: Type.Enum(['error', 'warning']),
    message: Type.String(),
    messageEs: Type.String(),
    hint: Type.String(),
    hintEs: Type.String(),
  },
  { title: 'QrFinding' },
)

export const QrPayload = strictObject(
  { payload: Type.String({ minLength: 1, maxLength: 4096 }) },
  { title: 'QrPayload', description: 'The text of the scanned code' },
)
export interface QrPayload extends Static<typeof QrPayload> {}

export const ParsedQr = strictObject(
  {
    ok: Type.Boolean(),
    fields: nullable(Type.Record(Type.String(), Type.Unknown())),
    findings: Type.Array(QrFinding),
  },
  { title: 'ParsedQr' },
)
export interface ParsedQr extends Static<typeof ParsedQr> {}

export const ResolvedQr = strictObject(
  {
    payee: strictObject(
      {
        name: Type.String(),
        alias: nullable(Type.String()),
        city: nullable(Type.String()),
        country: Type.String(),
        categoryCode: nullable(Type.String()),
        verified: Type.Boolean({ description: 'Pisto knows this payee and vouches for the name' }),
      },
      { title: 'Payee' },
    ),
    signature: Type.Enum(['valid', 'unsigned'], { description: 'unsigned: the code of another network' }),
    payable: Type.Boolean({ description: 'Whether `POST /v1/payments` takes this code' }),
    amount: nullable(PositiveMoney),
    paymentRequestId: nullable(idOf('req')),
  },
  { title: 'ResolvedQr', description: 'What a payer should see before paying' },
)
export interface ResolvedQr extends Static<typeof ResolvedQr> {}

export const parseQr = operation({
  id: 'parseQr',
  method: 'POST',
  path: '/v1/qr/parse',
  summary: 'Read an EMV code and say what is wrong with it',
  scope: 'qr:read',
  body: QrPayload,
  response: ParsedQr,
  problems: [],
})

export const resolveQr = operation({
  id: 'resolveQr',
  method: 'POST',
  path: '/v1/qr/resolve',
  summary: 'Who is paid, is it signed, how much',
  scope: 'qr:read',
  body: QrPayload,
  response: ResolvedQr,
  problems: [
    'qr_invalid',
    'qr_signature_missing',
    'qr_signature_invalid',
    'payee_not_found',
    'payment_request_not_found',
  ],
})
