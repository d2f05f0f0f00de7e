import { type Queryable, toUuid } from '@pisto/ledger'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Document } from './document.ts'

const purposeOf = (documentId: string, offset: number): string => `document-part/${documentId}/${offset}`

/**
 * Adds the next part of an upload, sealed: all of it or nothing, and only where it belongs. No decision of the ledger:
 * a part is nothing yet, and whoever lost the answer sees in `receivedBytes` whether it is there.
 *
 * @returns False: it does not belong there any more.
 */
export async function addPart(
  db: Queryable,
  key: PersonKey,
  { id }: Pick<Document, 'id'>,
  { offset, bytes }: { readonly offset: number; readonly bytes: Uint8Array },
): Promise<boolean> {
  const added = await db.query(
    `with grown as (
       update documents set received_length = received_length + $4
       where tenant_id = $1 and id = $2 and status = 'uploading' and received_length = $3
         and received_length + $4 <= byte_length
       returning id
     )
     insert into document_parts (tenant_id, document_id, part_offset, sealed)
     select $1, id, $3, $5::bytea from grown
     returning part_offset`,
    [toUuid(key.tenantId, 'ten'), toUuid(id, 'doc'), offset, bytes.length, key.seal(purposeOf(id, offset), bytes)],
  )
  return added.length > 0
}

/** All that was uploaded, in its order. */
export async function readParts(db: Queryable, key: PersonKey, { id }: Pick<Document, 'id'>): Promise<Uint8Array> {
  const rows = await db.query<{ part_offset: number; sealed: Uint8Array }>(
    `select part_offset, sealed from document_parts where tenant_id = $1 and document_id = $2 order by part_offset`,
    [toUuid(key.tenantId, 'ten'), toUuid(id, 'doc')],
  )
  return Buffer.concat(rows.map(({ part_offset: offset, sealed }) => key.open(purposeOf(id, offset), sealed)))
}
