import { readFileSync } from 'node:fs'
import type { CreateScreeningList, ScreeningListEntry } from '@pisto/contract'
import { SCREENING_ALGORITHM } from '@pisto/identity/screening'
import { type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import { hashEntry, hashList } from './lists/entry-hash.ts'

interface ShippedList extends Omit<CreateScreeningList, 'validFrom' | 'validTo'> {
  readonly validFrom: string
  readonly validTo: string | null
  readonly entries: readonly ScreeningListEntry[]
}

const LISTS = JSON.parse(
  readFileSync(new URL('./sandbox-lists.json', import.meta.url), 'utf8'),
) as readonly ShippedList[]

interface SandboxTenant {
  readonly id: string
  readonly createdAt: Date
}

/**
 * Gives a tenant of the sandbox the invented lists that it ships with, each version once. Safe to repeat and in two processes
 * at once. Nothing else of a list is written outside the log.
 */
export async function seedSandboxLists(
  db: Queryable,
  { id: tenantId, createdAt }: SandboxTenant,
  nextId: () => string,
): Promise<void> {
  const tenant = toUuid(tenantId, 'ten')
  const rows = await db.query<{ name: string }>('select name from screening_lists where tenant_id = $1', [tenant])
  for (const list of LISTS.filter(({ name }) => rows.every((row) => row.name !== name))) {
    const entries = list.entries.map(hashEntry)
    const { hash, entryCount } = await hashList(inOrder(entries.map(({ entry, hash }) => ({ id: entry.id, hash }))))
    const listId = toUuid(nextId(), 'scl')
    await db.query(
      `with contents as (
         insert into screening_entries (tenant_id, hash, content)
         select $1, x.hash, x.content from unnest($2::bytea[], $3::json[]) as x(hash, content)
         on conflict (tenant_id, hash) do nothing
       ), places as (
         insert into screening_list_entries (tenant_id, list_id, entry_id, hash)
         select $1, $5::uuid, x.id, x.hash from unnest($2::bytea[], $4::text[]) as x(hash, id)
       )
       insert into screening_lists (tenant_id, id, name, version, status, consequence, legal_basis, source, valid_from,
         valid_to, entry_count, hash, created_at, activated_at, rescreened_at, rescreened_by)
       values ($1, $5::uuid, $6, $7, 'active', $8, $9, $10, $11, $12, $13, $14, $15, $15, $15, $16)`,
      [
        tenant,
        sqlArray(entries.map((entry) => entry.hash)),
        sqlArray(entries.map(({ entry }) => JSON.stringify(entry))),
        sqlArray(entries.map(({ entry }) => entry.id)),
        listId,
        ...[list.name, list.version, list.consequence, list.legalBasis, list.source],
        new Date(list.validFrom),
        list.validTo === null ? null : new Date(list.validTo),
        ...[entryCount, hash, createdAt, SCREENING_ALGORITHM],
      ],
    )
  }
}

async function* inOrder<Entry extends { readonly id: string }>(entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))
}
