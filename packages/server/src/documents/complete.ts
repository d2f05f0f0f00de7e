import { DOCUMENT_REFUSALS, type DocumentRefusal, PistoProblem, type UploadedDocument } from '@pisto/contract'
import type { PlanContext } from '@pisto/ledger'
import { scheduleDue } from '../platform/due/due.ts'
import type { Call } from '../platform/http/call.ts'
import { perform, refuseWithEffect } from '../platform/perform.ts'
import type { Kind } from '../registrations/kinds.ts'
import { type CleanContent, cleanContent } from './content/clean-content.ts'
import { ContentRefused } from './content/content-refused.ts'
import { type Document, showDocument } from './document.ts'
import { endOfValidity } from './expiry.ts'
import { givingDocument } from './given.ts'
import { readParts } from './parts.ts'
import { type DocumentDeps, type DocumentKey, getKeptDocument, hasHash, hashPurpose } from './service.ts'
import { requireUploading } from './states.ts'
import { deleteParts, moveDocuments } from './store.ts'

/** What the sealed bytes are called where they are stored, and what they open under. */
export const objectName = (tenantId: string, documentId: string): string => `${tenantId}/${documentId}`
export const contentPurpose = (documentId: string): string => `document/${documentId}`

/**
 * Finishes an upload: the bytes are compared with their hash, checked, cleaned, sealed and stored, and only then does
 * the document count. A file that is refused is deleted, and the document says why. Repeating it changes nothing.
 *
 * @throws {NotFound} this tenant has no such document
 * @throws {WrongStatus} it lapsed, or was refused before
 * @throws {PistoProblem} `document_incomplete`; `document_refused` with the reason in `errors`; `unavailable`: the storage
 *   does not answer; `person_erased`
 */
export async function completeDocument(
  deps: DocumentDeps,
  call: Call,
  kind: Kind<unknown>,
  where: DocumentKey,
): Promise<UploadedDocument> {
  const { tenantId } = call
  const found = await getKeptDocument(deps.db, tenantId, kind, where)
  const content = isWhole(found) ? await storeContent(deps, call, found) : undefined
  return perform<UploadedDocument>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await getKeptDocument(reader, tenantId, kind, where)
    if (from.status === 'stored') return { purpose: 'document.settled', answer: showDocument(from, call) }
    requireUploading(from.status)
    if (content === undefined) throw new PistoProblem('document_incomplete', { offset: String(from.receivedBytes) })
    if (typeof content === 'string') return refused(from, content)
    return stored(deps, { reader, ledgerTime }, call, from, content)
  })
}

const isWhole = ({ status, receivedBytes, byteLength }: Document): boolean =>
  status === 'uploading' && receivedBytes === byteLength

/** @returns Why it is refused, or what was stored. Before anything counts on it: a repetition stores it again. */
async function storeContent(
  { db, personalData, storage }: DocumentDeps,
  { tenantId }: Call,
  document: Document,
): Promise<DocumentRefusal | Omit<CleanContent, 'bytes'>> {
  const { id, registrationId, sealedHash } = document
  const key = await personalData.keyOf(db, { tenantId, personId: registrationId })
  const bytes = await readParts(db, key, document)
  if (sealedHash === null || !hasHash(bytes, key.open(hashPurpose(id), sealedHash))) return 'hashMismatch'
  try {
    const { bytes: cleaned, ...content } = await cleanContent(bytes)
    await storage.put(objectName(tenantId, id), key.seal(contentPurpose(id), cleaned)).catch((cause: unknown) => {
      throw new PistoProblem('unavailable', {}, { cause })
    })
    return content
  } catch (error) {
    if (error instanceof ContentRefused) return error.reason
    throw error
  }
}

async function stored(
  deps: DocumentDeps,
  { reader, ledgerTime }: Pick<PlanContext, 'reader' | 'ledgerTime'>,
  { tenant, tenantId, livemode }: Call,
  from: Document,
  { contentType, size }: Omit<CleanContent, 'bytes'>,
) {
  const to: Document = { ...from, status: 'stored', sealedHash: null, contentType, size }
  const { id, registrationId, personKind, expiresOn } = to
  const dueAt = expiresOn === null ? undefined : endOfValidity(expiresOn, tenant.timeZone, from.createdAt)
  const given = await givingDocument(deps, reader, tenantId, to, ledgerTime)
  return {
    purpose: 'document.stored',
    references: { documentId: id, [`${personKind}Id`]: registrationId },
    events: [{ type: 'document.stored' as const, objectId: id, status: to.status }, ...given.events],
    companions: [
      moveDocuments.row({ from, to }),
      deleteParts.row(from),
      ...given.companions,
      ...(dueAt === undefined ? [] : [scheduleDue.row({ kind: 'document.expire', reference: id, dueAt })]),
    ],
    answer: showDocument(to, { livemode }),
  }
}

function refused(from: Document, reason: DocumentRefusal) {
  const to: Document = { ...from, status: 'refused', sealedHash: null, refusal: reason }
  const errors = [{ pointer: '', code: reason, ...DOCUMENT_REFUSALS[reason] }]
  return {
    purpose: 'document.refused',
    companions: [moveDocuments.row({ from, to }), deleteParts.row(from)],
    answer: refuseWithEffect(new PistoProblem('document_refused', { reason }, { errors })),
  }
}
