import type { DocumentKind } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { type Settling, settling } from '../registrations/checks.ts'
import { mendedByDocument } from '../registrations/given-documents.ts'
import { mended } from '../registrations/notices.ts'
import type { Registration } from '../registrations/registration.ts'
import { findRegistration } from '../registrations/store.ts'
import { editing } from '../registrations/writes.ts'
import type { Document } from './document.ts'
import { documentFactsWith } from './store.ts'

/**
 * What a document changes in its registration, written with the document: what is given, and what counts as mended. If
 * anybody has decided about the registration meanwhile, both are decided again.
 *
 * @param document As it shall be: stored, expired, or rejected.
 */
export async function givingDocument(
  deps: Pick<Runtime, 'personalData' | 'ids'>,
  reader: Queryable,
  tenantId: string,
  document: Document,
  now: Date,
): Promise<Pick<Settling, 'companions' | 'events'>> {
  const { kind, personKind, registrationId, status } = document
  const from = await findRegistration(deps, reader, tenantId, personKind, registrationId)
  if (from === undefined) return { companions: [], events: [] }
  const isGiven = status === 'stored'
  const documents = await documentFactsWith(reader, tenantId, document)
  const given: Registration = {
    ...from,
    givenDocuments: (Object.keys(documents.lastDays) as DocumentKind[]).sort(),
    documents,
    notice: isGiven ? mended(from.notice, mendedByDocument(kind)) : from.notice,
  }
  const { to, companions, events } = await settling(deps, reader, tenantId, given, now)
  // whoever rejects one side of a card and whoever rejects the other must see each other
  const edits =
    to === given && isSame(from, to) && status !== 'rejected'
      ? []
      : [await editing(deps, reader, tenantId, { from, to })]
  return { companions: [...edits, ...companions], events }
}

const isSame = (from: Registration, to: Registration): boolean =>
  from.givenDocuments.join() === to.givenDocuments.join() && from.notice?.due.length === to.notice?.due.length
