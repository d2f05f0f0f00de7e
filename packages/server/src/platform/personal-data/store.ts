import { type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { insertRows } from '../database/insert-rows.ts'
import type { WrappedKey } from './key-provider.ts'

/** A row of `person_keys`. */
export interface NewPersonKey extends WrappedKey {
  readonly personId: string
  readonly createdAt: Date
}

/** Commits with the person's first row. */
export const insertPersonKeys = insertRows<NewPersonKey>('person_keys', [
  ['person_id', 'uuid', ({ personId }) => toUuid(personId)],
  ['wrapped_key', 'bytea', ({ wrapped }) => wrapped],
  ['provider_key_id', 'text', ({ providerKeyId }) => providerKeyId],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
])

/** Outside a plan. @param tenant Uuid. */
export async function insertPersonKey(db: Queryable, tenant: string, key: NewPersonKey): Promise<void> {
  await db.query(
    `insert into person_keys (tenant_id, person_id, wrapped_key, provider_key_id, created_at)
     values ($1, $2, $3, $4, $5)`,
    [tenant, toUuid(key.personId), key.wrapped, key.providerKeyId, key.createdAt],
  )
}

/** @returns By the uuid of the person; who has none, or was erased, is not among them. */
export async function findWrappedKeys(
  reader: Queryable,
  tenantId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, WrappedKey>> {
  const rows = await reader.query<{ person_id: string; wrapped_key: Uint8Array; provider_key_id: string }>(
    `select person_id, wrapped_key, provider_key_id from person_keys
     where tenant_id = $1 and person_id = any($2::uuid[])`,
    [toUuid(tenantId, 'ten'), sqlArray(personIds.map((id) => toUuid(id)))],
  )
  return new Map(rows.map((row) => [row.person_id, { wrapped: row.wrapped_key, providerKeyId: row.provider_key_id }]))
}
