import { createHash } from 'node:crypto'
import type { Scope } from '@pisto/contract'
import { type Queryable, type RandomBytes, toTypeId, toUuid } from '@pisto/ledger'

/** `sk_sandbox_` and 256 bits in base64url. Production refuses the prefix. */
export const SANDBOX_KEY = /^sk_sandbox_[A-Za-z0-9_-]{43}$/

export interface ApiKey {
  readonly tenantId: string
  /** `cli_…`: whom idempotency keys belong to. */
  readonly clientId: string
  readonly scopes: ReadonlySet<Scope> | 'all'
}

/** @param random Nobody may guess it: never the seeded one. */
export const drawSandboxKey = (random: RandomBytes): string =>
  `sk_sandbox_${Buffer.from(random(32)).toString('base64url')}`

export const hashKey = (key: string): Uint8Array => new Uint8Array(createHash('sha256').update(key).digest())

/** A key that may do everything in its tenant, stored whole so that a later start prints it again. */
export async function insertSandboxKey(
  db: Queryable,
  { tenantId, clientId, key, createdAt }: { tenantId: string; clientId: string; key: string; createdAt: Date },
): Promise<void> {
  await db.query(
    `insert into api_keys (key_hash, tenant_id, client_id, scopes, sandbox_key, created_at)
     values ($1, $2, $3, '*', $4, $5)`,
    [hashKey(key), toUuid(tenantId, 'ten'), toUuid(clientId, 'cli'), key, createdAt],
  )
}

/** The key that a tenant was given when the sandbox made it. */
export async function getSandboxKey(db: Queryable, tenantId: string): Promise<{ key: string; clientId: string }> {
  const [row] = await db.query<{ sandbox_key: string; client_id: string }>(
    `select sandbox_key, client_id from api_keys
     where tenant_id = $1 and sandbox_key is not null and revoked_at is null order by created_at, client_id limit 1`,
    [toUuid(tenantId, 'ten')],
  )
  if (row === undefined) throw new Error(`tenant ${tenantId} has no sandbox key`)
  return { key: row.sandbox_key, clientId: toTypeId('cli', row.client_id) }
}

/** By hash, of whatever tenant. */
export async function findApiKey(db: Queryable, keyHash: Uint8Array): Promise<ApiKey | undefined> {
  const [row] = await db.query<{ tenant_id: string; client_id: string; scopes: string }>(
    'select tenant_id, client_id, scopes from api_keys where key_hash = $1 and revoked_at is null',
    [keyHash],
  )
  return (
    row && {
      tenantId: toTypeId('ten', row.tenant_id),
      clientId: toTypeId('cli', row.client_id),
      scopes: row.scopes === '*' ? 'all' : new Set(row.scopes.split(' ') as Scope[]),
    }
  )
}
