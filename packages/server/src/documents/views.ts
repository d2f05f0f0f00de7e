import type { DocumentView } from '@pisto/contract'
import { Conditions, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import type { Operator } from '../operators/operator.ts'
import { insertRows } from '../platform/database/insert-rows.ts'

/** Somebody looked at a document. */
export interface View {
  /** `dvw_…` */
  readonly id: string
  readonly documentId: string
  readonly operator: Operator
  readonly viewedAt: Date
}

export const insertViews = insertRows<View>('document_views', [
  ['id', 'uuid', ({ id }) => toUuid(id, 'dvw')],
  ['document_id', 'uuid', ({ documentId }) => toUuid(documentId, 'doc')],
  ['actor', 'text', ({ operator }) => operator.name],
  ['client_id', 'text', ({ operator }) => operator.clientId],
  ['viewed_at', 'timestamptz', ({ viewedAt }) => viewedAt],
])

/** Newest first. */
export async function listViews(
  reader: Queryable,
  tenantId: string,
  documentId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<Omit<DocumentView, 'livemode'>[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.document_id = ${add(toUuid(documentId, 'doc'))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'dvw'))}`)
  const rows = await reader.query<{ id: string; actor: string; viewed_at: Date }>(
    `select r.id, r.actor, r.viewed_at from document_views r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(({ id, actor, viewed_at: at }) => ({ id: toTypeId('dvw', id), actor, time: at.toISOString() }))
}
