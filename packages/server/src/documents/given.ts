import type { Queryable } from '@pisto/ledger'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { type Settling, settling } from '../registrations/checks.ts'
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
  const others = await findOtherKinds(reader, tenantId, document)
  const lastDays = new Map(others.map((other) => [other.kind, other.lastDay]))
  if (isGiven) lastDays.set(kind, later(lastDays.get(kind), document.expiresOn))
  const given: Registration = {
    ...from,
    givenDocuments: [...lastDays.keys()].sort(),
    documents: { lastDays: Object.fromEntries(lastDays) },
    notice: isGiven ? mended(from.notice, mendedByDocument(kind)) : from.notice,
  }
  const { to, companions, events } = await settling(deps, reader, tenantId, given, now)
  const edits = to === given && isSame(from, to) ? [] : [await editing(deps, reader, tenantId, { from, to })]
  return { companions: [...edits, ...companions], events }
}

/** The later of two last days; null: it does not end. @param known Undefined: there is no other. */
function later(known: string | null | undefined, day: string | null): string | null {
  if (known === undefined) return day
  if (known === null || day === null) return null
  return known > day ? known : day
}

const isSame = (from: Registration, to: Registration): boolean =>
  from.givenDocuments.join() === to.givenDocuments.join() && from.notice?.due.length === to.notice?.due.length
