import type { DocumentKind, UploadedDocument } from '@pisto/contract'
import { Conditions, type Queryable, toUuid } from '@pisto/ledger'
import { selected } from '../platform/database/insert-rows.ts'
import type { Call } from '../platform/http/call.ts'
import { type PageQuery, pageById } from '../platform/http/page.ts'
import type { Kind, KindName } from '../registrations/kinds.ts'
import { type Document, showDocument } from './document.ts'
import { COLUMNS, type DocumentRow, toDocument } from './rows.ts'
import type { DocumentDeps } from './service.ts'

interface WaitingFilter {
  readonly kind?: DocumentKind | undefined
  /** Is somebody looking at the person: at the registration or at an upgrade? */
  readonly reviewing?: boolean | undefined
}

/**
 * A page of the documents of all merchants, or all consumers, of which an operator may say something and nobody has,
 * newest first.
 *
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export const waitingPage = (
  { db }: Pick<DocumentDeps, 'db'>,
  call: Call,
  { name }: Kind<unknown>,
  { kind, reviewing, ...query }: PageQuery & WaitingFilter,
): Promise<{ data: UploadedDocument[]; nextCursor: string | null }> =>
  pageById(
    query,
    'doc',
    (page) => listWaiting(db, call.tenantId, name, { ...page, kind, reviewing }),
    (document) => showDocument(document, call),
  )

const SELECTED = selected(COLUMNS, 'r')

/** Without those of whoever is rejected, closed or erased: nobody judges them any more. */
async function listWaiting(
  reader: Queryable,
  tenantId: string,
  personKind: KindName,
  { kind, reviewing, before, limit }: WaitingFilter & { readonly before: string | undefined; readonly limit: number },
): Promise<Document[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.person_kind = ${add(personKind)}`)
  if (kind !== undefined) where.add((add) => `r.kind = ${add(kind)}`)
  if (reviewing !== undefined) where.add(() => `p.review_opened_at is ${reviewing ? 'not null' : 'null'}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'doc'))}`)
  const rows = await reader.query<DocumentRow>(
    `select ${SELECTED} from documents r
     join registrations p on p.tenant_id = r.tenant_id and p.kind = r.person_kind and p.id = r.registration_id
     where r.tenant_id = $1 and r.status = 'stored' and r.judged_at is null
       and p.status not in ('rejected', 'closed') and p.erased_at is null${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toDocument)
}
