import { createHash } from 'node:crypto'
import { type CreateDocument, NotFound, PistoProblem, type UploadedDocument, WrongStatus } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import type { Kind } from '../registrations/kinds.ts'
import type { PublicRegistration } from '../registrations/registration.ts'
import { findPublicRegistration } from '../registrations/store.ts'
import { type Document, showDocument } from './document.ts'
import { endOfValidity } from './expiry.ts'
import { isCard, readLines } from './mrz.ts'
import { addPart } from './parts.ts'
import { requireUploading } from './states.ts'
import type { ObjectStorage } from './storage/object-storage.ts'
import { countDocuments, findDocument, insertDocuments } from './store.ts'

export interface DocumentDeps extends Pick<Runtime, 'db' | 'ledger' | 'clock' | 'ids' | 'personalData'> {
  readonly storage: ObjectStorage
}

/** Whose document, and which. */
export interface DocumentKey {
  readonly registrationId: string
  readonly documentId: string
}

const UPLOAD_MS = 24 * 3_600_000
/** Of one person: room for every kind, for retakes and renewals. */
const MOST_DOCUMENTS = 100
const MOST_UPLOADS = 5

export const hashPurpose = (documentId: string): string => `document-hash/${documentId}`

/**
 * Begins an upload. What is not finished within a day of business time lapses.
 *
 * @throws {NotFound} this tenant has no such person
 * @throws {WrongStatus} they are rejected or closed
 * @throws {PistoProblem} `document_date_invalid`, `document_limit_reached`
 */
export async function createDocument(
  deps: DocumentDeps,
  call: Call,
  kind: Kind<unknown>,
  registrationId: string,
  { kind: shows, byteLength, sha256, expiresOn: told, mrz }: CreateDocument,
): Promise<UploadedDocument> {
  const { tenantId, tenant, livemode } = call
  const id = deps.ids.next('doc')
  return perform<UploadedDocument>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    await requireOpen(reader, tenantId, kind, registrationId)
    const asked = { mrz, expiresOn: told, now: ledgerTime }
    const lines = await readLines(deps, reader, call, kind, registrationId, asked)
    const expiresOn = told ?? (isCard(shows) ? lines.expiresOn : undefined)
    if (expiresOn !== undefined) endOfValidity(expiresOn, tenant.timeZone, ledgerTime)
    await requireRoom(reader, tenantId, registrationId)
    const key = await deps.personalData.keyOf(reader, { tenantId, personId: registrationId })
    const document: Document = {
      id,
      personKind: kind.name,
      registrationId,
      kind: shows,
      status: 'uploading',
      byteLength,
      receivedBytes: 0,
      sealedHash: key.seal(hashPurpose(id), Buffer.from(sha256, 'hex')),
      contentType: null,
      size: null,
      refusal: null,
      verdict: null,
      expiresOn: expiresOn ?? null,
      lapsesAt: new Date(ledgerTime.getTime() + UPLOAD_MS),
      createdAt: ledgerTime,
    }
    return {
      purpose: 'document.uploadBegun',
      companions: [
        insertDocuments.row(document),
        ...lines.companions,
        scheduleDue.row({ kind: 'document.lapse', reference: id, dueAt: document.lapsesAt }),
      ],
      answer: showDocument(document, { livemode }),
    }
  })
}

/**
 * Adds the next bytes of an upload. Without an idempotency key: the offset is one. Bytes that are there already are
 * refused with where to go on, so that nothing is doubled whatever was lost.
 *
 * @throws {NotFound} this tenant has no such document
 * @throws {WrongStatus} it is no longer being uploaded
 * @throws {PistoProblem} `document_offset_wrong`, `document_part_too_long`, `person_erased`
 */
export async function addDocumentPart(
  deps: DocumentDeps,
  { tenantId, livemode }: Call,
  kind: Kind<unknown>,
  where: DocumentKey,
  part: { readonly offset: number; readonly bytes: Uint8Array },
): Promise<UploadedDocument> {
  const before = await getKeptDocument(deps.db, tenantId, kind, where)
  requireUploading(before.status)
  if (part.offset !== before.receivedBytes) throw offsetWrong(before)
  if (part.offset + part.bytes.length > before.byteLength) {
    throw new PistoProblem('document_part_too_long', { byteLength: String(before.byteLength) })
  }
  if (part.bytes.length > 0) {
    const key = await deps.personalData.keyOf(deps.db, { tenantId, personId: where.registrationId })
    const isAdded = await addPart(deps.db, key, before, part)
    if (!isAdded) {
      const now = await getKeptDocument(deps.db, tenantId, kind, where)
      requireUploading(now.status)
      throw offsetWrong(now)
    }
  }
  return showDocument({ ...before, receivedBytes: part.offset + part.bytes.length }, { livemode })
}

/** @throws {NotFound} this tenant has no such person, or they have no such document */
export async function getDocument(
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  { registrationId, documentId }: DocumentKey,
): Promise<Document> {
  await getPerson(reader, tenantId, kind, registrationId)
  return getOwn(reader, tenantId, { registrationId, documentId })
}

/**
 * The same for whoever needs what is in it.
 *
 * @throws {NotFound} this tenant has no such person, or they have no such document
 * @throws {PistoProblem} `person_erased`
 */
export async function getKeptDocument(
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  key: DocumentKey,
): Promise<Document> {
  const { erasure } = await getPerson(reader, tenantId, kind, key.registrationId)
  if (erasure?.erasedAt) throw new PistoProblem('person_erased')
  return getOwn(reader, tenantId, key)
}

async function getOwn(
  reader: Queryable,
  tenantId: string,
  { registrationId, documentId }: DocumentKey,
): Promise<Document> {
  const found = await findDocument(reader, tenantId, { registrationId, id: documentId })
  if (found === undefined) throw new NotFound('document_not_found', { id: documentId })
  return found
}

/** @throws {NotFound} this tenant has no such person */
export async function getPerson(
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  id: string,
): Promise<PublicRegistration> {
  const found = await findPublicRegistration(reader, tenantId, kind.name, id)
  if (found === undefined) throw new NotFound(kind.notFound, { id })
  return found
}

/** @throws {NotFound} this tenant has no such person @throws {WrongStatus} they are rejected or closed */
export async function requireOpen(
  reader: Queryable,
  tenantId: string,
  kind: Kind<unknown>,
  id: string,
): Promise<PublicRegistration> {
  const found = await getPerson(reader, tenantId, kind, id)
  const { status } = found
  if (status === 'rejected' || status === 'closed') throw new WrongStatus(kind.wrongStatus, { status })
  return found
}

async function requireRoom(reader: Queryable, tenantId: string, registrationId: string): Promise<void> {
  const { all, uploading } = await countDocuments(reader, tenantId, registrationId)
  if (all >= MOST_DOCUMENTS) throw new PistoProblem('document_limit_reached', { limit: String(MOST_DOCUMENTS) })
  if (uploading >= MOST_UPLOADS) throw new PistoProblem('document_limit_reached', { limit: String(MOST_UPLOADS) })
}

const offsetWrong = ({ receivedBytes }: Document): PistoProblem =>
  new PistoProblem('document_offset_wrong', { offset: String(receivedBytes) })

/** Is it the file that was announced? */
export const hasHash = (bytes: Uint8Array, sha256: Uint8Array): boolean =>
  createHash('sha256').update(bytes).digest().equals(sha256)
