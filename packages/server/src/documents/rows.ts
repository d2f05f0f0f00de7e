import { toTypeId, toUuid } from '@pisto/ledger'
import type { Column } from '../platform/database/insert-rows.ts'
import { KIND_PREFIX, type KindName } from '../registrations/kinds.ts'
import type { Document } from './document.ts'

/** A row of `documents` as it is selected. */
export interface DocumentRow {
  readonly id: string
  readonly person_kind: KindName
  readonly registration_id: string
  readonly kind: Document['kind']
  readonly status: Document['status']
  readonly byte_length: number
  readonly received_length: number
  readonly sealed_hash: Uint8Array | null
  readonly content_type: Document['contentType']
  readonly width: number | null
  readonly height: number | null
  readonly refusal: Document['refusal']
  readonly judged_by: string | null
  readonly judged_at: Date | null
  readonly verdict_reasons: string | null
  readonly expires_on: string | null
  readonly lapses_at: Date
  readonly created_at: Date
}

/** The one place where fields and columns meet. */
export const COLUMNS: readonly Column<Document>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'doc')],
  ['person_kind', 'text', ({ personKind }) => personKind],
  ['registration_id', 'uuid', ({ registrationId }) => toUuid(registrationId)],
  ['kind', 'text', ({ kind }) => kind],
  ['status', 'text', ({ status }) => status],
  ['byte_length', 'integer', ({ byteLength }) => byteLength],
  ['received_length', 'integer', ({ receivedBytes }) => receivedBytes],
  ['sealed_hash', 'bytea', ({ sealedHash }) => sealedHash],
  ['content_type', 'text', ({ contentType }) => contentType],
  ['width', 'integer', ({ size }) => size?.width ?? null],
  ['height', 'integer', ({ size }) => size?.height ?? null],
  ['refusal', 'text', ({ refusal }) => refusal],
  ['judged_by', 'text', ({ verdict }) => verdict?.by ?? null],
  ['judged_at', 'timestamptz', ({ verdict }) => verdict?.at ?? null],
  ['verdict_reasons', 'json', ({ verdict }) => (verdict?.reasons ? JSON.stringify(verdict.reasons) : null)],
  ['expires_on', 'date', ({ expiresOn }) => expiresOn],
  ['lapses_at', 'timestamptz', ({ lapsesAt }) => lapsesAt],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]

export function toDocument(row: DocumentRow): Document {
  const { width, height, judged_by: by, judged_at: at, verdict_reasons: reasons } = row
  return {
    id: toTypeId('doc', row.id),
    personKind: row.person_kind,
    registrationId: toTypeId(KIND_PREFIX[row.person_kind], row.registration_id),
    kind: row.kind,
    status: row.status,
    byteLength: row.byte_length,
    receivedBytes: row.received_length,
    sealedHash: row.sealed_hash,
    contentType: row.content_type,
    size: width === null || height === null ? null : { width, height },
    refusal: row.refusal,
    verdict: by !== null && at !== null ? { by, at, reasons: reasons === null ? null : JSON.parse(reasons) } : null,
    expiresOn: row.expires_on,
    lapsesAt: row.lapses_at,
    createdAt: row.created_at,
  }
}
