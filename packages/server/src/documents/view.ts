import { PistoProblem, type ViewDocument, WrongStatus } from '@pisto/contract'
import { operatorOf } from '../operators/operator.ts'
import type { Call } from '../platform/http/call.ts'
import type { Attachment } from '../platform/http/download.ts'
import { perform } from '../platform/perform.ts'
import type { Kind } from '../registrations/kinds.ts'
import { contentPurpose, objectName } from './complete.ts'
import type { Document } from './document.ts'
import { type DocumentDeps, type DocumentKey, getKeptDocument } from './service.ts'
import { hasContent } from './states.ts'
import { insertViews } from './views.ts'

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' } as const

/**
 * The content of a document for an operator. That they looked is committed before the first byte is given.
 *
 * @throws {NotFound} this tenant has no such document
 * @throws {WrongStatus} it was never stored
 * @throws {PistoProblem} `unavailable`: the storage does not answer; `person_erased`
 */
export async function viewDocument(
  deps: DocumentDeps,
  call: Call,
  kind: Kind<unknown>,
  where: DocumentKey,
  { actor }: ViewDocument,
): Promise<Attachment> {
  const { tenantId } = call
  const id = deps.ids.next('dvw')
  await perform(deps.ledger, call, async ({ reader, ledgerTime: viewedAt }) => {
    const { id: documentId, status } = await getKeptDocument(reader, tenantId, kind, where)
    if (!hasContent(status)) throw new WrongStatus('document_wrong_status', { status })
    const view = { id, documentId, operator: operatorOf(call, actor), viewedAt }
    return { purpose: 'document.viewed', companions: [insertViews.row(view)], answer: null }
  })
  const document = await getKeptDocument(deps.db, tenantId, kind, where)
  const extension = document.contentType === null ? 'bin' : EXTENSIONS[document.contentType]
  return { fileName: `${document.id}.${extension}`, bytes: await readContent(deps, tenantId, kind, document) }
}

async function readContent(
  { db, personalData, storage }: DocumentDeps,
  tenantId: string,
  kind: Kind<unknown>,
  { id, registrationId }: Document,
): Promise<Uint8Array> {
  const sealed = await storage.get(objectName(tenantId, id)).catch((cause: unknown) => {
    throw new PistoProblem('unavailable', {}, { cause })
  })
  try {
    if (sealed === undefined) throw new Error(`the content of ${id} is missing from the storage`)
    return await personalData.openFor(db, { tenantId, personId: registrationId }, contentPurpose(id), sealed)
  } catch (error) {
    await getKeptDocument(db, tenantId, kind, { registrationId, documentId: id }) // erased in this moment?
    throw error
  }
}
