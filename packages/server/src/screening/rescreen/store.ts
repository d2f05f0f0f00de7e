import type { ScreeningListEntry } from '@pisto/contract'
import { type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import type { IndexedEntry } from '../list-indexes.ts'
import { hexOf, type ScreeningList } from '../lists/list.ts'
import type { ScreenedPerson } from '../screening.ts'
import { personOf } from '../store.ts'

/** Entries of a list that not all of some versions have, as they are. @param versions None: all entries. */
export async function changedEntries(
  reader: Queryable,
  tenantId: string,
  listId: string,
  versions: readonly ScreeningList[],
): Promise<IndexedEntry[]> {
  const rows = await reader.query<{ hash: Uint8Array; content: string }>(
    `select e.hash, e.content::text as content
     from screening_list_entries l join screening_entries e on e.tenant_id = l.tenant_id and e.hash = l.hash
     where l.tenant_id = $1 and l.list_id = $2
       and ($4 = 0 or $4 > (select count(*) from screening_list_entries p
         where p.tenant_id = $1 and p.list_id = any($3::uuid[]) and p.entry_id = l.entry_id and p.hash = l.hash))
     order by l.entry_id collate "C"`,
    [
      toUuid(tenantId, 'ten'),
      toUuid(listId, 'scl'),
      sqlArray(versions.map(({ id }) => toUuid(id, 'scl'))),
      versions.length,
    ],
  )
  return rows.map(({ hash, content }) => ({ ...(JSON.parse(content) as ScreeningListEntry), hash: hexOf(hash) }))
}

export interface KeyedPerson {
  readonly person: ScreenedPerson
  readonly uuid: string
  readonly keys: Uint8Array
}

/** In the order of their ids. @param after A uuid. */
export async function peopleAfter(
  reader: Queryable,
  tenantId: string,
  after: string,
  limit: number,
): Promise<KeyedPerson[]> {
  const rows = await reader.query<{ person_id: string; person_kind: ScreenedPerson['kind']; keys: Uint8Array }>(
    `select person_id, person_kind, keys from screening_people
     where tenant_id = $1 and person_id > $2 order by person_id limit $3`,
    [toUuid(tenantId, 'ten'), after, limit],
  )
  return rows.map((row) => ({ person: personOf(row.person_kind, row.person_id), uuid: row.person_id, keys: row.keys }))
}

export interface RewrittenKeys {
  readonly uuid: string
  /** As they were read. */
  readonly before: Uint8Array
  readonly keys: Uint8Array
}

/** Whom a screening wrote meanwhile, or is writing, keeps what it writes; nobody is waited for. */
export async function rewriteKeys(db: Queryable, tenantId: string, rows: readonly RewrittenKeys[]): Promise<void> {
  await db.query(
    `with free as materialized (
       select person_id from screening_people where tenant_id = $1 and person_id = any($2::uuid[]) for update skip locked
     )
     update screening_people p set keys = x.keys
     from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as x(person_id, before, keys) join free using (person_id)
     where p.tenant_id = $1 and p.person_id = x.person_id and p.keys = x.before`,
    [
      toUuid(tenantId, 'ten'),
      sqlArray(rows.map(({ uuid }) => uuid)),
      sqlArray(rows.map(({ before }) => before)),
      sqlArray(rows.map(({ keys }) => keys)),
    ],
  )
}
