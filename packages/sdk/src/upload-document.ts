import type { CreateDocument, UploadedDocument } from '@pisto/contract'
import { portableSha256 as sha256 } from '@pisto/proof'
import { PistoApiError, PistoError } from './errors.ts'
import type { CallOptions } from './options.ts'
import type { Documents } from './resources/documents.ts'

/** What the file shows, until when the paper is valid, and the machine-readable lines of a card. */
export type DocumentFacts = Pick<CreateDocument, 'kind' | 'expiresOn' | 'mrz'>

export interface UploadOptions extends CallOptions {
  /** Called with what has arrived, from 0 to the file's length. */
  readonly onProgress?: (receivedBytes: number, byteLength: number) => void
  /** Bytes of a part, up to 1 MiB. Smaller ones lose less when the line is cut. Default 256 KiB. */
  readonly partBytes?: number
}

const PART_BYTES = 256 * 1024
/** So many failures of one part are no bad luck. */
const MOST_FAILURES = 10

/**
 * Uploads a document whole, over a connection that may break: after each failure the server is asked what it has, and
 * the upload goes on from there. Called again with the same file, also after a restart, it goes on with what is there
 * and sends nothing twice.
 *
 * @param documents `pisto.merchants.documents` or `pisto.consumers.documents`.
 * @param file A `File` or `Blob` of a page, or bytes.
 * @throws {PistoApiError} `document_refused` with the reason in `errors`
 * @throws {PistoError} it did not get through; call it again later
 * @example
 * const front = await uploadDocument(pisto.merchants.documents, merchant.id, input.files[0], { kind: 'identityFront' })
 */
export async function uploadDocument(
  documents: Documents,
  ownerId: string,
  file: Blob | Uint8Array,
  facts: DocumentFacts,
  { onProgress, partBytes = PART_BYTES, ...options }: UploadOptions = {},
): Promise<UploadedDocument> {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(await file.arrayBuffer())
  let document = await begin(documents, ownerId, bytes, facts, options)
  let failures = 0
  while (document.status === 'uploading' && document.receivedBytes < bytes.length) {
    const { id, receivedBytes: offset } = document
    onProgress?.(offset, bytes.length)
    try {
      document = await documents.addPart(ownerId, id, offset, bytes.slice(offset, offset + partBytes), options)
      failures = 0
    } catch (error) {
      failures += 1
      if (!mayGoOn(error) || failures > MOST_FAILURES) throw error
      document = await documents.get(ownerId, id, options)
    }
  }
  onProgress?.(document.receivedBytes, bytes.length)
  return document.status === 'stored' ? document : documents.complete(ownerId, document.id, options)
}

/**
 * One file of one person is one upload: its key comes from both. Where that ended (refused, lapsed) or was refused
 * then, a new one is begun.
 */
async function begin(
  documents: Documents,
  ownerId: string,
  bytes: Uint8Array,
  facts: DocumentFacts,
  options: CallOptions,
): Promise<UploadedDocument> {
  const body = { ...facts, byteLength: bytes.length, sha256: hex(sha256(bytes)) }
  const same = [
    ownerId,
    body.sha256,
    facts.kind,
    facts.expiresOn ?? '',
    ...(facts.mrz === undefined ? [] : [facts.mrz]),
  ].join('\n')
  const idempotencyKey = `document-${hex(sha256(new TextEncoder().encode(same))).slice(0, 32)}`
  try {
    const { id } = await documents.create(ownerId, body, { ...options, idempotencyKey })
    const document = await documents.get(ownerId, id, options)
    if (document.status === 'uploading' || document.status === 'stored') return document
  } catch (error) {
    if (!(error instanceof PistoApiError) || error.retryable) throw error
  }
  return documents.create(ownerId, body, options)
}

const mayGoOn = (error: unknown): boolean =>
  error instanceof PistoError &&
  (error.retryable || (error instanceof PistoApiError && error.hasCode('document_offset_wrong')))

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
