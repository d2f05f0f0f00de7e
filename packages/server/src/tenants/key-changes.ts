import { companion, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { signingKeyOf } from './ed25519.ts'
import type { KeyUse } from './keys.ts'

/** A key of a tenant as a plan sees it. */
export interface StoredKey {
  readonly keyId: string
  readonly use: KeyUse
  readonly publicKey: Uint8Array
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** Those that are not withdrawn, newest first. */
export async function listStoredKeys(reader: Queryable, tenantId: string): Promise<StoredKey[]> {
  const rows = await reader.query<StoredKeyRow>(
    `select key_id, key_use, public_key, valid_from, valid_to from signing_keys
     where tenant_id = $1 and withdrawn_at is null order by valid_from desc, key_id`,
    [toUuid(tenantId, 'ten')],
  )
  return rows.map((row) => ({
    keyId: row.key_id,
    use: row.key_use,
    publicKey: row.public_key,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

interface StoredKeyRow {
  readonly key_id: string
  readonly key_use: KeyUse
  readonly public_key: Uint8Array
  readonly valid_from: Date
  readonly valid_to: Date | null
}

/** A key that will sign. */
export interface NewKey {
  readonly use: KeyUse
  /** 32 bytes that nobody can guess. */
  readonly seed: Uint8Array
  readonly validFrom: Date
}

export const insertKeys = companion<NewKey>({
  sql: `insert into signing_keys (tenant_id, key_use, key_id, public_key, private_seed, valid_from)
        select $1, x.key_use, x.key_id, x.public_key, x.private_seed, x.valid_from
        from unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::timestamptz[])
          as x(key_use, key_id, public_key, private_seed, valid_from)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.use)),
    sqlArray(rows.map(({ row }) => signingKeyOf(row.seed).keyId)),
    sqlArray(rows.map(({ row }) => signingKeyOf(row.seed).publicKey)),
    sqlArray(rows.map(({ row }) => row.seed)),
    sqlArray(rows.map(({ row }) => row.validFrom)),
  ],
})

/** Ends a key's signing. */
export const endKeys = companion<{ keyId: string; validTo: Date }>({
  key: ({ keyId }) => keyId,
  sql: `update signing_keys k set valid_to = x.valid_to
        from unnest($2::text[], $3::timestamptz[]) as x(key_id, valid_to)
        where k.tenant_id = $1 and k.key_id = x.key_id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.keyId)), sqlArray(rows.map(({ row }) => row.validTo))],
})

/** Ends a key's being believed. */
export const withdrawKeys = companion<{ keyId: string; withdrawnAt: Date }>({
  key: ({ keyId }) => keyId,
  sql: `update signing_keys k set withdrawn_at = x.withdrawn_at, private_seed = ''
        from unnest($2::text[], $3::timestamptz[]) as x(key_id, withdrawn_at)
        where k.tenant_id = $1 and k.key_id = x.key_id`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.keyId)), sqlArray(rows.map(({ row }) => row.withdrawnAt))],
})
