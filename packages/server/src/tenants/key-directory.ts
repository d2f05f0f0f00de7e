import { createHash } from 'node:crypto'
import { NotFound } from '@pisto/contract'
import type { Clock, Queryable } from '@pisto/ledger'
import { toUuid } from '@pisto/ledger'
import { canonicalJson, publishKey, type SignedDirectory, type Signer, signDirectory } from '@pisto/proof'
import type { TenantDirectory } from './directory.ts'
import type { Keyring } from './keys.ts'
import type { TenantProfile } from './profile.ts'

export interface KeyDirectoryDeps {
  readonly db: Queryable
  readonly clock: Clock
  readonly tenants: Pick<TenantDirectory, 'list' | 'findByCode'>
  readonly keys: Pick<Keyring, 'published' | 'signers'>
}

/** After so long it is issued again, though nothing changed: a wallet shows how old what it knows is. */
const ISSUED_AGAIN_MS = 3_600_000
/** Issues that somebody else was quicker with: after so many it gives up. */
const ATTEMPTS = 10

/**
 * The directory that a tenant signs for its wallets. A new number is issued when a key or a tenant came, went or
 * changed, and every hour; any process may do it, one of them does.
 *
 * @throws {NotFound} `tenant_not_found`
 */
export async function getKeyDirectory(deps: KeyDirectoryDeps, tenantCode: string): Promise<string> {
  const tenant = await deps.tenants.findByCode(tenantCode)
  if (tenant === undefined) throw new NotFound('tenant_not_found', { tenantCode })
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const issued = await findIssued(deps.db, tenant.id) // before the keys: what is newer than they are is not replaced
    const note = await upToDate(deps, tenant, issued)
    if (note !== undefined) return note
  }
  throw new Error(`others issue the directory of ${tenantCode} without end`)
}

interface Issued {
  readonly number: number
  readonly contentHash: Uint8Array
  readonly note: string
  readonly issuedAt: Date
}

/** @returns Undefined: another process was quicker. */
async function upToDate(
  { db, clock, tenants, keys }: KeyDirectoryDeps,
  { id, code }: TenantProfile,
  issued: Issued | undefined,
): Promise<string | undefined> {
  const [listed, published] = [await tenants.list(), await keys.published(0)]
  const signers = await keys.signers(id, 'directory')
  const content: Pick<SignedDirectory, 'tenants' | 'keys'> = {
    tenants: listed.map(({ code, name }) => ({ code, name })),
    keys: published.map(({ publicKey, use, tenantCode, livemode, validFrom, validTo }) =>
      publishKey(publicKey, {
        use,
        tenant: tenantCode,
        livemode,
        validFrom: validFrom.toISOString(),
        validTo: validTo?.toISOString() ?? null,
      }),
    ),
  }
  const contentHash = new Uint8Array(createHash('sha256').update(canonicalJson(content)).digest())
  const now = clock.now()
  if (issued !== undefined && Buffer.from(issued.contentHash).equals(contentHash)) {
    if (now.getTime() - issued.issuedAt.getTime() < ISSUED_AGAIN_MS) return issued.note
  }
  const number = (issued?.number ?? 0) + 1
  const directory = { issuer: code, number, issuedAt: now.toISOString(), ...content }
  const note = await signDirectory(directory, signers.map(asSigner))
  return (await storeIssued(db, id, { number, contentHash, note, issuedAt: now })) ? note : undefined
}

const asSigner = ({ keyId, publicKey, ...key }: Awaited<ReturnType<Keyring['signers']>>[number]): Signer => ({
  keyId,
  publicKey,
  sign: async (message) => key.sign(message),
})

async function findIssued(db: Queryable, tenantId: string): Promise<Issued | undefined> {
  const [row] = await db.query<{ number: bigint; content_hash: Uint8Array; note: string; issued_at: Date }>(
    'select number, content_hash, note, issued_at from key_directories where tenant_id = $1',
    [toUuid(tenantId, 'ten')],
  )
  return row && { number: Number(row.number), contentHash: row.content_hash, note: row.note, issuedAt: row.issued_at }
}

/** @returns False: this number, or a higher one, was issued meanwhile. */
async function storeIssued(db: Queryable, tenantId: string, issued: Issued): Promise<boolean> {
  const rows = await db.query(
    `insert into key_directories as d (tenant_id, number, content_hash, note, issued_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id) do update
     set number = excluded.number, content_hash = excluded.content_hash, note = excluded.note,
         issued_at = excluded.issued_at
     where d.number = excluded.number - 1
     returning d.number`,
    [toUuid(tenantId, 'ten'), BigInt(issued.number), issued.contentHash, issued.note, issued.issuedAt],
  )
  return rows.length > 0
}
