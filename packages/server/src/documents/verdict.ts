import { type AcceptDocument, type RejectDocument, type UploadedDocument, WrongStatus } from '@pisto/contract'
import { operatorOf, requireNotWithAnother } from '../operators/operator.ts'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { DOCUMENT_VERBS, type NewDecision, writtenDown } from '../registrations/decisions.ts'
import type { Kind } from '../registrations/kinds.ts'
import { type Document, showDocument } from './document.ts'
import { givingDocument } from './given.ts'
import { type DocumentDeps, type DocumentKey, getKeptDocument, requireOpen } from './service.ts'
import { nextStatus } from './states.ts'
import { moveDocuments } from './store.ts'

export type VerdictDeps = DocumentDeps & Pick<Runtime, 'random'>

/**
 * What an operator says of one document, written down in the document, in the list of decisions, and as a leaf that
 * commits to it. One that is rejected is evidence no more: what it gave is asked for again, of somebody active with the
 * policy's days to give it. One operator is enough, as for a return; letting the person in or up still takes its own.
 *
 * @param said Without reasons: it is accepted. It may be rejected afterwards, not the reverse: another one is sent.
 * @throws {NotFound} this tenant has no such document
 * @throws {WrongStatus} it is not stored; its person is rejected or closed
 * @throws {PistoProblem} `review_assigned`: another operator works on the person's review; `person_erased`
 */
export function judgeDocument(
  deps: VerdictDeps,
  call: Call,
  kind: Kind<unknown>,
  where: DocumentKey,
  said: AcceptDocument & Partial<Pick<RejectDocument, 'reasons'>>,
): Promise<UploadedDocument> {
  const { tenantId, livemode } = call
  const { reasons = null } = said
  const decisionId = deps.ids.next('dec')
  const action = reasons === null ? 'acceptDocument' : 'rejectDocument'
  return perform<UploadedDocument>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const from = await getKeptDocument(reader, tenantId, kind, where)
    const person = await requireOpen(reader, tenantId, kind, where.registrationId)
    requireNotWithAnother(person.review?.assignedTo ?? null, said.actor)
    const status = nextStatus(from.status, reasons === null ? 'accept' : 'reject')
    if (status === undefined) throw new WrongStatus('document_wrong_status', { status: from.status })
    const { name: actor, clientId } = operatorOf(call, said.actor)
    const to: Document = { ...from, status, verdict: { by: actor, at: ledgerTime, reasons } }
    const given =
      status === 'rejected'
        ? await givingDocument(deps, reader, tenantId, to, ledgerTime)
        : { companions: [], events: [] }
    const decided: NewDecision = {
      ...{ id: decisionId, registration: person, caseId: null, documentId: from.id, action, actor, clientId },
      ...{ codes: reasons ?? [], note: null, saw: person },
    }
    const { commitments, companion } = writtenDown(deps.random, null, decided, ledgerTime)
    const type = `document.${DOCUMENT_VERBS[action]}` as const
    return {
      purpose: type,
      references: { documentId: from.id, decisionId, [`${kind.name}Id`]: person.id },
      events: [{ type, objectId: from.id, status }, ...given.events],
      commitments,
      companions: [moveDocuments.row({ from, to }), ...given.companions, companion],
      answer: showDocument(to, { livemode }),
    }
  })
}
