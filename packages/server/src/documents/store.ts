import { Conditions, companion, isTypeId, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { insertRows, selected } from '../platform/database/insert-rows.ts'
import { documentFacts, toDocumentFacts } from '../registrations/document-facts.ts'
import type { DocumentFacts } from '../registrations/dossier.ts'
import type { Document } from './document.ts'
import { COLUMNS, type DocumentRow, toDocument } from './rows.ts'

const SELECTED = selected(COLUMNS, 'r')

export const insertDocuments = insertRows<Document>('documents', COLUMNS)

/** A document as it was read, and as it shall be. Its hash is not needed any more. */
export interface DocumentMove {
  readonly from: Pick<Document, 'id' | 'status'>
  readonly to: Pick<Document, 'status' | 'contentType' | 'size' | 'refusal' | 'verdict'>
}

/** Moves documents that are still where they were. */
export const moveDocuments = companion<DocumentMove>({
  refusal: 'document_wrong_status',
  key: ({ from }) => from.id,
  sql: `update documents r
        set status = x.next, content_type = x.content_type, width = x.width, height = x.height, refusal = x.refusal,
            judged_by = x.judged_by, judged_at = x.judged_at, verdict_reasons = x.verdict_reasons, sealed_hash = null
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::text[], $9::text[],
            $10::timestamptz[], $11::json[])
          with ordinality as x(id, previous, next, content_type, width, height, refusal, judged_by, judged_at,
            verdict_reasons, n)
        where r.tenant_id = $1 and r.id = x.id and r.status = x.previous
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.from.id, 'doc'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.contentType)),
    sqlArray(rows.map(({ row }) => row.to.size?.width ?? null)),
    sqlArray(rows.map(({ row }) => row.to.size?.height ?? null)),
    sqlArray(rows.map(({ row }) => row.to.refusal)),
    sqlArray(rows.map(({ row }) => row.to.verdict?.by ?? null)),
    sqlArray(rows.map(({ row }) => row.to.verdict?.at ?? null)),
    sqlArray(rows.map(({ row: { to } }) => (to.verdict?.reasons ? JSON.stringify(to.verdict.reasons) : null))),
  ],
})

/** The parts of an upload that is over. */
export const deleteParts = companion<Pick<Document, 'id'>>({
  sql: 'delete from document_parts where tenant_id = $1 and document_id = any($2::uuid[])',
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.id, 'doc')))],
})

/** What is left of documents whose person was erased. Who looked at them stays. */
export const deleteDocuments = companion<{ readonly id: string }>({
  sql: 'delete from documents where tenant_id = $1 and id = any($2::uuid[])',
  columns: (rows) => [sqlArray(rows.map(({ row }) => toUuid(row.id, 'doc')))],
})

/** @returns Undefined: this one has no such document; also for ids that are none. */
export async function findDocument(
  reader: Queryable,
  tenantId: string,
  { registrationId, id }: { readonly registrationId: string; readonly id: string },
): Promise<Document | undefined> {
  if (!isTypeId(id, 'doc')) return undefined
  const [row] = await reader.query<DocumentRow>(
    `select ${SELECTED} from documents r where r.tenant_id = $1 and r.id = $2 and r.registration_id = $3`,
    [toUuid(tenantId, 'ten'), toUuid(id), toUuid(registrationId)],
  )
  return row && toDocument(row)
}

/** The same by its id alone: for what falls due. */
export async function findDocumentById(reader: Queryable, tenantId: string, id: string): Promise<Document | undefined> {
  const [row] = await reader.query<DocumentRow>(
    `select ${SELECTED} from documents r where r.tenant_id = $1 and r.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id, 'doc')],
  )
  return row && toDocument(row)
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listDocuments(
  reader: Queryable,
  tenantId: string,
  registrationId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<Document[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.registration_id = ${add(toUuid(registrationId))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'doc'))}`)
  const rows = await reader.query<DocumentRow>(
    `select ${SELECTED} from documents r where r.tenant_id = $1${where.sql}
     order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return rows.map(toDocument)
}

/** How many documents somebody has, and how many of them are being uploaded. */
export async function countDocuments(
  reader: Queryable,
  tenantId: string,
  registrationId: string,
): Promise<{ readonly all: number; readonly uploading: number }> {
  const [row] = await reader.query<{ all: bigint; uploading: bigint }>(
    `select count(*) as all, count(*) filter (where status = 'uploading') as uploading
     from documents where tenant_id = $1 and registration_id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(registrationId)],
  )
  return { all: Number(row?.all ?? 0), uploading: Number(row?.uploading ?? 0) }
}

/** What is known of somebody's documents once this one is as it shall be. */
export async function documentFactsWith(
  reader: Queryable,
  tenantId: string,
  { id, registrationId, status, verdict }: Pick<Document, 'id' | 'registrationId' | 'status' | 'verdict'>,
): Promise<DocumentFacts> {
  const [row] = await reader.query<{ facts: string }>(
    `select ${documentFacts(`(
       select id, kind, expires_on, case when id = $3 then $4 else status end as status,
         case when id = $3 then $5::text::json else verdict_reasons end as verdict_reasons
       from documents where tenant_id = $1 and registration_id = $2
     ) d where true`)} as facts`,
    [
      ...[toUuid(tenantId, 'ten'), toUuid(registrationId), toUuid(id, 'doc'), status],
      verdict?.reasons ? JSON.stringify(verdict.reasons) : null,
    ],
  )
  return toDocumentFacts(row?.facts ?? null)
}
