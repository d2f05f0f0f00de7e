import type { Queryable, RandomBytes } from '@pisto/ledger'
import type { KeyProvider, WrappedKey } from './key-provider.ts'

/**
 * A secret that all processes of one database share, stored only wrapped; made when it is first asked for.
 *
 * @param random Nobody may guess it: never the seeded one.
 * @returns 32 bytes.
 */
export async function wrappedSecret(
  db: Queryable,
  name: string,
  { provider, random }: { readonly provider: KeyProvider; readonly random: RandomBytes },
): Promise<Uint8Array> {
  const known = await findWrappedSecret(db, name)
  if (known) return provider.unwrap(known, secretContext(name))
  const { wrapped, providerKeyId } = await provider.wrap(random(32), secretContext(name))
  await db.query(
    `insert into wrapped_secrets (name, wrapped, provider_key_id) values ($1, $2, $3) on conflict (name) do nothing`,
    [name, wrapped, providerKeyId],
  )
  const stored = await findWrappedSecret(db, name) // another process may have been quicker
  if (stored === undefined) throw new Error(`the secret ${name} is missing`)
  return provider.unwrap(stored, secretContext(name))
}

/**
 * The same for a secret that an older version keeps in clear: it is wrapped, and in clear no more.
 *
 * @returns The secret that it was.
 */
export async function takenSecret(
  db: Queryable,
  name: string,
  deps: { readonly provider: KeyProvider; readonly random: RandomBytes },
): Promise<Uint8Array> {
  const [clear] = await db.query<{ value: Uint8Array }>('select value from server_secrets where name = $1', [name])
  const secret = await wrappedSecret(db, name, clear ? { ...deps, random: () => clear.value } : deps)
  await db.query('delete from server_secrets where name = $1', [name])
  return secret
}

async function findWrappedSecret(db: Queryable, name: string): Promise<WrappedKey | undefined> {
  const [row] = await db.query<{ wrapped: Uint8Array; provider_key_id: string }>(
    'select wrapped, provider_key_id from wrapped_secrets where name = $1',
    [name],
  )
  return row && { wrapped: row.wrapped, providerKeyId: row.provider_key_id }
}

export const secretContext = (name: string): string => `pisto secret\n${name}`
