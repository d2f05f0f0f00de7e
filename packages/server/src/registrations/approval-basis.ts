import { type Queryable, toUuid } from '@pisto/ledger'
import { canonicalJson } from '@pisto/proof'
import type { Case } from '../cases/case.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import type { Registration } from './registration.ts'

/**
 * What operators look at when they approve, as one keyed word: what the person gave, their documents, what was found, and
 * the matches that nobody has cleared. Of two approvals the first counts only while this is the same.
 */
export async function approvalBasis(
  { personalData }: { readonly personalData: PersonalData },
  reader: Queryable,
  tenantId: string,
  registration: Registration,
  matches: readonly Pick<Case, 'id' | 'status'>[],
): Promise<string> {
  const { id, requestedTier, finding, flags, phone, person, business, dossier, cardLines, givenDocuments } =
    registration
  const documents = await reader.query<{ id: string; status: string }>(
    `select id, status from documents
     where tenant_id = $1 and registration_id = $2 and status in ('stored', 'expired', 'rejected') order by id`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  const seen = canonicalJson({
    ...{ id, requestedTier, finding, flags, phone, person, business, dossier, cardLines, givenDocuments },
    documents: documents.map((document) => `${document.id} ${document.status}`),
    matches: matches.map((match) => `${match.id} ${match.status === 'confirmed'}`), // who works on it is nothing new
  })
  return personalData.blindIndex(tenantId, 'approval', seen)
}
