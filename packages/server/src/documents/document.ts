import {
  DOCUMENT_REFUSALS,
  type DocumentContentType,
  type DocumentKind,
  type DocumentReason,
  type DocumentRefusal,
  type DocumentStatus,
  type UploadedDocument,
} from '@pisto/contract'
import type { KindName } from '../registrations/kinds.ts'
import { reasonText } from '../registrations/notices.ts'
import type { PictureSize } from './content/content-refused.ts'

/** What an operator said of a document. */
interface Verdict {
  readonly by: string
  readonly at: Date
  /** Null: it was accepted. */
  readonly reasons: readonly DocumentReason[] | null
}

/** A document of a merchant or consumer, without its content. */
export interface Document {
  /** `doc_…` */
  readonly id: string
  readonly personKind: KindName
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  readonly kind: DocumentKind
  readonly status: DocumentStatus
  readonly byteLength: number
  readonly receivedBytes: number
  /** SHA-256 of the whole file, sealed; null once it was compared. */
  readonly sealedHash: Uint8Array | null
  readonly contentType: DocumentContentType | null
  readonly size: PictureSize | null
  readonly refusal: DocumentRefusal | null
  /** The last one; null: nobody has said anything. */
  readonly verdict: Verdict | null
  /** The last day on which the paper is valid, ISO 8601. */
  readonly expiresOn: string | null
  readonly lapsesAt: Date
  readonly createdAt: Date
}

/** As the wire has it: to people without operators' names. @param call In which mode, and whether a person looks. */
export function showDocument(
  document: Document,
  { livemode, person }: { readonly livemode: boolean; readonly person?: object | undefined },
): UploadedDocument {
  const { id, registrationId, kind, status, byteLength, receivedBytes, contentType, size, refusal, expiresOn } =
    document
  return {
    id,
    livemode,
    personId: registrationId,
    kind,
    status,
    byteLength,
    receivedBytes,
    contentType,
    size,
    refusal: refusal && { code: refusal, ...DOCUMENT_REFUSALS[refusal] },
    verdict: document.verdict && showVerdict(document.verdict, person !== undefined),
    expiresOn,
    uploadExpiresAt: status === 'uploading' ? document.lapsesAt.toISOString() : null,
    createdAt: document.createdAt.toISOString(),
  }
}

const showVerdict = ({ by, at, reasons }: Verdict, toPerson: boolean): UploadedDocument['verdict'] => ({
  outcome: reasons === null ? 'accepted' : 'rejected',
  by: toPerson ? null : by,
  time: at.toISOString(),
  reasons: (reasons ?? []).map(reasonText),
})
