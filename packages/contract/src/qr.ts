import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { type Alternative, operation } from './operation.ts'
import { Money, nullable, PositiveMoney, strictObject } from './values.ts'

export const QrFinding = strictObject(
  {
    code: Type.String(),
    rule: Type.String({ description: 'Id of the EMV rule, e.g. R05; of payers’ codes C05' }),
    path: Type.String({ description: 'Object, e.g. 62.05; of payers’ codes tags, e.g. 61.4F' }),
    offset: Type.Integer({ description: 'Characters from the start; of payers’ codes bytes of the decoded code' }),
    severity: Type.Enum(['error', 'warning']),
    message: Type.String(),
    messageEs: Type.String(),
    hint: Type.String(),
    hintEs: Type.String(),
  },
  { title: 'QrFinding' },
)

/** A plain value of a code. */
export const QrObject = strictObject(
  {
    path: Type.String({ description: 'Like 62.05; of payers’ codes tags, e.g. 61[2].4F' }),
    name: nullable(strictObject({ en: Type.String(), es: Type.String() })),
    value: Type.String({ description: 'As it stands there; of payers’ codes hexadecimal digits' }),
    offset: Type.Integer({ description: 'Counted as in findings' }),
  },
  { title: 'QrObject' },
)

export const QrPayload = strictObject(
  { payload: Type.String({ minLength: 1, maxLength: 4096 }) },
  { title: 'QrPayload', description: 'The text of the scanned code' },
)
export interface QrPayload extends Static<typeof QrPayload> {}

export const ParsedQr = strictObject(
  {
    ok: Type.Boolean({ description: 'No finding is an error' }),
    kind: Type.Enum(['merchantPresented', 'consumerPresented']),
    fields: nullable(Type.Record(Type.String(), Type.Unknown(), { description: 'Null: it is not ok' })),
    findings: Type.Array(QrFinding, { description: 'The first error is the one to show' }),
    objects: Type.Array(QrObject, { description: 'As far as the code can be read' }),
  },
  { title: 'ParsedQr', description: 'A diagnosis: the same as `pisto qr doctor --json`' },
)
export interface ParsedQr extends Static<typeof ParsedQr> {}

/** A code as a picture: error correction M, a quiet zone of 4 modules. */
export const QR_IMAGES = [
  { mediaType: 'image/svg+xml', description: 'The code as a picture, sharp at any size' },
  { mediaType: 'image/png', description: 'The code as a picture, 8 pixels a module' },
] as const satisfies readonly Alternative[]

/** EMV objects 55 to 57. */
export const QrTip = Type.Union(
  [
    strictObject({ kind: Type.Enum(['prompt']) }),
    strictObject({ kind: Type.Enum(['fixed']), amount: PositiveMoney }),
    strictObject({
      kind: Type.Enum(['percent']),
      percent: Type.String({
        pattern: '^(?!0\\.00$)(0|[1-9]\\d?)\\.\\d\\d$',
        description: 'Of the amount, rounded to the nearest centavo, half a centavo up',
        examples: ['5.00'],
      }),
    }),
  ],
  {
    title: 'QrTip',
    description:
      'What comes on top of the amount: `prompt` asks the payer for a tip, `fixed` and `percent` are fees of the merchant’s',
  },
)
export type QrTip = Static<typeof QrTip>

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
    qrCodeId: nullable(idOf('qrc')),
    tip: nullable(QrTip),
    fee: nullable(Money),
    total: nullable(PositiveMoney),
  },
  {
    title: 'ResolvedQr',
    description:
      'What a payer should see before paying. `fee` is what `tip` comes to where it is a fee, `total` amount and fee; null: it depends on what the payer enters',
  },
)
export interface ResolvedQr extends Static<typeof ResolvedQr> {}

export const parseQr = operation({
  id: 'parseQr',
  method: 'POST',
  path: '/v1/qr/parse',
  summary: 'Read the code of a shop or of a payer’s wallet, and say what is wrong with it, where, and how to mend it',
  scope: 'qr:read',
  person: { scope: 'self:read' },
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
  person: { scope: 'self:pay' },
  body: QrPayload,
  response: ResolvedQr,
  problems: [
    'qr_invalid',
    'qr_signature_missing',
    'qr_signature_invalid',
    'payee_not_found',
    'payee_moved',
    'payment_request_not_found',
    'qr_code_not_found',
    'qr_code_used',
    'qr_code_expired',
    'qr_code_revoked',
  ],
})
