import { type Static, Type } from 'typebox'
import { DOCUMENT_REASONS, type DocumentReason } from './document-reasons.ts'
import { idOf } from './ids.ts'
import type { ByteBody } from './operation.ts'
import { Actor } from './operators.ts'
import { ReasonText } from './reviews.ts'
import { DateOnly, Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

/** What a document shows. `requirements` asks for evidence; docs/guides/documents.md says which kinds give which. */
export const DocumentKind = Type.Enum(
  [
    'identityFront',
    'identityBack',
    'selfie',
    'proofOfAddress',
    'businessRegistration',
    'taxCertificate',
    'beneficialOwners',
  ],
  { description: 'What the document shows' },
)
export type DocumentKind = Static<typeof DocumentKind>

export const DocumentStatus = Type.Enum(['uploading', 'stored', 'refused', 'lapsed', 'expired', 'rejected'], {
  description:
    '`stored`: whole, checked and kept; `refused`: a file that cannot be kept; `lapsed`: the upload was not finished in ' +
    'time; `expired`: past its own date; `rejected`: an operator did not accept it',
})
export type DocumentStatus = Static<typeof DocumentStatus>

/** What is taken; found out by looking into the bytes. */
export const DocumentContentType = Type.Enum(['image/jpeg', 'image/png', 'application/pdf'])
export type DocumentContentType = Static<typeof DocumentContentType>

export const MOST_DOCUMENT_BYTES = 10 * 1024 * 1024
export const MOST_PART_BYTES = 1024 * 1024

const Verdict = strictObject(
  {
    outcome: Type.Enum(['accepted', 'rejected']),
    by: nullable(Type.String({ description: 'The operator; null: to the person themselves' })),
    time: Timestamp,
    reasons: Type.Array(ReasonText, { description: 'Why it was not accepted' }),
  },
  { title: 'Verdict', description: 'What an operator who looked at a document said of it last' },
)

export const UploadedDocument = strictObject(
  {
    id: idOf('doc'),
    livemode: Livemode,
    personId: Type.String({ description: 'Id of the merchant or consumer whose it is' }),
    kind: DocumentKind,
    status: DocumentStatus,
    byteLength: Type.Integer({ description: 'Of the file as it is uploaded' }),
    receivedBytes: Type.Integer({ description: 'So many are here: the offset of the next part' }),
    contentType: nullable(DocumentContentType),
    size: nullable(
      strictObject({ width: Type.Integer(), height: Type.Integer() }, { title: 'PictureSize', description: 'Pixels' }),
    ),
    refusal: nullable(ReasonText),
    verdict: nullable(Verdict),
    expiresOn: nullable(DateOnly),
    uploadExpiresAt: nullable(Timestamp),
    createdAt: Timestamp,
  },
  { title: 'UploadedDocument', description: 'A picture or file that shows who somebody is or what they do' },
)
export interface UploadedDocument extends Static<typeof UploadedDocument> {}

export const CreateDocument = strictObject(
  {
    kind: DocumentKind,
    byteLength: Type.Integer({ minimum: 1, maximum: MOST_DOCUMENT_BYTES, description: 'Of the whole file' }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the whole file, in lower-case hexadecimal' }),
    expiresOn: Type.Optional({ ...DateOnly, description: 'The last day on which the paper itself is valid' }),
    mrz: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'The machine-readable lines of a card: compared with what was typed, and not kept',
      }),
    ),
  },
  { title: 'CreateDocument' },
)
export interface CreateDocument extends Static<typeof CreateDocument> {}

export const DocumentPage = pageOf(UploadedDocument, 'DocumentPage')

/** Query of the list of what waits for a verdict. */
export const waitingQuery = strictObject({
  ...pageQuery,
  kind: Type.Optional(DocumentKind),
  reviewing: Type.Optional(
    Type.Boolean({ description: 'Operators look at its person: at the registration or at an upgrade' }),
  ),
})

/** Query of what adds a part. */
export const partQuery = strictObject({
  offset: Type.Integer({ minimum: 0, maximum: MOST_DOCUMENT_BYTES, description: 'Where these bytes belong' }),
})

export const partBytes = {
  mediaType: 'application/octet-stream',
  maxBytes: MOST_PART_BYTES,
  description: 'The next bytes of the file',
} as const satisfies ByteBody

export const ViewDocument = strictObject({ actor: Actor }, { title: 'ViewDocument' })
export interface ViewDocument extends Static<typeof ViewDocument> {}

export const AcceptDocument = strictObject({ actor: Actor }, { title: 'AcceptDocument' })
export interface AcceptDocument extends Static<typeof AcceptDocument> {}

export const RejectDocument = strictObject(
  {
    actor: Actor,
    reasons: Type.Array(Type.Enum(Object.keys(DOCUMENT_REASONS) as DocumentReason[]), {
      minItems: 1,
      maxItems: 5,
      uniqueItems: true,
    }),
  },
  { title: 'RejectDocument' },
)
export interface RejectDocument extends Static<typeof RejectDocument> {}

/** A file's bytes, as they are kept. */
export const DocumentBytes = Type.Unsafe<Uint8Array>({
  type: 'string',
  contentMediaType: 'application/octet-stream',
})

export const DocumentView = strictObject(
  { id: idOf('dvw'), livemode: Livemode, actor: Type.String(), time: Timestamp },
  { title: 'DocumentView', description: 'Who looked at a document' },
)
export interface DocumentView extends Static<typeof DocumentView> {}

export const DocumentViewPage = pageOf(DocumentView, 'DocumentViewPage')
