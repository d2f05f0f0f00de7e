import type { Queryable } from '@pisto/ledger'
import type { KeyProvider } from './key-provider.ts'
import { wrappingContext } from './person-key.ts'
import { secretContext } from './wrapped-secrets.ts'

const BATCH = 500

/** What an older key of the provider has wrapped. */
interface Stale {
  readonly key: readonly string[]
  readonly context: string
  readonly wrapped: Uint8Array
  readonly providerKeyId: string
}

/**
 * Wraps anew whatever older keys of the provider have wrapped, so that those can be destroyed. What is sealed is not
 * touched. May be cut short at any moment and called again, also by two processes at once.
 *
 * @returns How many there were.
 */
export async function rewrapKeys(db: Queryable, provider: KeyProvider): Promise<number> {
  let count = 0
  for (const { find, replace } of TABLES) {
    for (let stale = await find(db, provider.currentKeyId); stale.length > 0; ) {
      for (const { key, context, ...from } of stale) {
        const to = await provider.wrap(await provider.unwrap(from, context), context)
        await db.query(replace, [...key, from.wrapped, to.wrapped, to.providerKeyId])
      }
      count += stale.length
      stale = await find(db, provider.currentKeyId)
    }
  }
  return count
}

interface Table {
  find(db: Queryable, currentKeyId: string): Promise<Stale[]>
  /** What was erased or wrapped anew meanwhile stays so. */
  readonly replace: string
}

const TABLES: readonly Table[] = [
  {
    async find(db, currentKeyId) {
      const rows = await db.query<
        Record<'tenant_id' | 'person_id' | 'provider_key_id', string> & { wrapped: Uint8Array }
      >(
        `select tenant_id, person_id, wrapped_key as wrapped, provider_key_id from person_keys
         where tenant_id in (select tenant_id from tenants) and (provider_key_id < $1 or provider_key_id > $1)
         limit ${BATCH}`,
        [currentKeyId],
      )
      return rows.map(({ tenant_id, person_id, wrapped, provider_key_id: providerKeyId }) => ({
        key: [tenant_id, person_id],
        context: wrappingContext(tenant_id, person_id),
        wrapped,
        providerKeyId,
      }))
    },
    replace: `update person_keys set wrapped_key = $4, provider_key_id = $5
              where tenant_id = $1 and person_id = $2 and wrapped_key = $3`,
  },
  {
    async find(db, currentKeyId) {
      const rows = await db.query<{ name: string; wrapped: Uint8Array; provider_key_id: string }>(
        'select name, wrapped, provider_key_id from wrapped_secrets where provider_key_id <> $1',
        [currentKeyId],
      )
      return rows.map(({ name, wrapped, provider_key_id: providerKeyId }) => ({
        key: [name],
        context: secretContext(name),
        wrapped,
        providerKeyId,
      }))
    },
    replace: 'update wrapped_secrets set wrapped = $3, provider_key_id = $4 where name = $1 and wrapped = $2',
  },
]
