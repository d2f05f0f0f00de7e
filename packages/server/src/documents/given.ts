import type { CompanionRow, Queryable } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { mendedByDocument } from '../registrations/given-documents.ts'
import { mended } from '../registrations/notices.ts'
import type { Registration } from '../registrations/registration.ts'
import { findRegistration } from '../registrations/store.ts'
import { editing } from '../registrations/writes.ts'
import type { Document } from './document.ts'
import { findOtherKinds } from './store.ts'

/**
 * What a document changes in its registration, written with the document: what is given, and what counts as mended. If
 * anybody has decided about the registration meanwhile, both are decided again.
 *
 * @param document As it shall be: stored, or expired.
 */
export async function givingDocument(
  deps: { readonly personalData: PersonalData },
  reader: Queryable,
  tenantId: string,
  document: Document,
): Promise<CompanionRow[]> {
  const { kind, personKind, registrationId, status } = document
  const from = await findRegistration(deps, reader, tenantId, personKind, registrationId)
  if (from === undefined) return []
  const isGiven = status === 'stored'
  const others = await findOtherKinds(reader, tenantId, document)
  const kinds = new Set([...others, ...(isGiven ? [kind] : [])])
  const to: Registration = {
    ...from,
    givenDocuments: [...kinds].sort(),
    notice: isGiven ? mended(from.notice, mendedByDocument(kind)) : from.notice,
  }
  return isSame(from, to) ? [] : [await editing(deps, reader, tenantId, { from, to })]
}

const isSame = (from: Registration, to: Registration): boolean =>
  from.givenDocuments.join() === to.givenDocuments.join() && from.notice?.due.length === to.notice?.due.length
