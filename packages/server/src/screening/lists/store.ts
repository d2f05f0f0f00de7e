import type { ScreeningListEntry } from '@pisto/contract'
import { type CompanionRow, companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../../platform/database/insert-rows.ts'
import type { HashedEntry } from './entry-hash.ts'
import { hexOf, type ListStatus, type ScreeningList } from './list.ts'

interface ListRow {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly status: ListStatus
  readonly consequence: ScreeningList['consequence']
  readonly legal_basis: string
  readonly source: string
  readonly valid_from: Date
  readonly valid_to: Date | null
  readonly entry_count: bigint
  readonly hash: Uint8Array | null
  readonly created_at: Date
  readonly activated_at: Date | null
  readonly ended_at: Date | null
  readonly rescreened_at: Date | null
  readonly rescreened_by: string | null
}

const COLUMNS: readonly Column<ScreeningList>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'scl')],
  ['name', 'text', ({ name }) => name],
  ['version', 'text', ({ version }) => version],
  ['status', 'text', ({ status }) => status],
  ['consequence', 'text', ({ consequence }) => consequence],
  ['legal_basis', 'text', ({ legalBasis }) => legalBasis],
  ['source', 'text', ({ source }) => source],
  ['valid_from', 'timestamptz', ({ validFrom }) => validFrom],
  ['valid_to', 'timestamptz', ({ validTo }) => validTo],
  ['entry_count', 'bigint', ({ entryCount }) => entryCount],
  ['hash', 'bytea', ({ hash }) => hash],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
  ['activated_at', 'timestamptz', ({ activatedAt }) => activatedAt],
  ['ended_at', 'timestamptz', ({ endedAt }) => endedAt],
  ['rescreened_at', 'timestamptz', ({ rescreenedAt }) => rescreenedAt],
  ['rescreened_by', 'text', ({ rescreenedBy }) => rescreenedBy],
]
const SELECTED = selected(COLUMNS, 'l')

export const insertLists = insertRows<ScreeningList>('screening_lists', COLUMNS)

function toList(row: ListRow): ScreeningList {
  return {
    id: toTypeId('scl', row.id),
    name: row.name,
    version: row.version,
    status: row.status,
    consequence: row.consequence,
    legalBasis: row.legal_basis,
    source: row.source,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    entryCount: Number(row.entry_count),
    hash: row.hash,
    createdAt: row.created_at,
    activatedAt: row.activated_at,
    endedAt: row.ended_at,
    rescreenedAt: row.rescreened_at,
    rescreenedBy: row.rescreened_by,
  }
}

/** @returns Undefined: this tenant has no such list; also for ids that are none. */
export async function findList(reader: Queryable, tenantId: string, id: string): Promise<ScreeningList | undefined> {
  if (!isTypeId(id, 'scl')) return undefined
  const [row] = await reader.query<ListRow>(
    `select ${SELECTED} from screening_lists l where l.tenant_id = $1 and l.id = $2`,
    [toUuid(tenantId, 'ten'), toUuid(id)],
  )
  return row && toList(row)
}

/** Newest first. */
export async function listLists(
  reader: Queryable,
  tenantId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<ScreeningList[]> {
  const rows = await reader.query<ListRow>(
    `select ${SELECTED} from screening_lists l
     where l.tenant_id = $1 and ($2::uuid is null or l.id < $2) order by l.id desc limit $3`,
    [toUuid(tenantId, 'ten'), before === undefined ? null : toUuid(before, 'scl'), limit],
  )
  return rows.map(toList)
}

/** Active ones in the order of their ids, whether their window is open or not. */
export async function activeLists(reader: Queryable, tenantId: string): Promise<ScreeningList[]> {
  const rows = await reader.query<ListRow>(
    `select ${SELECTED} from screening_lists l where l.tenant_id = $1 and l.status = 'active' order by l.id`,
    [toUuid(tenantId, 'ten')],
  )
  return rows.map(toList)
}

/** Versions of a name that were activated, in force or not. */
export async function activatedVersions(reader: Queryable, tenantId: string, name: string): Promise<ScreeningList[]> {
  const rows = await reader.query<ListRow>(
    `select ${SELECTED} from screening_lists l
     where l.tenant_id = $1 and l.name = $2 and l.activated_at is not null order by l.id`,
    [toUuid(tenantId, 'ten'), name],
  )
  return rows.map(toList)
}

/** Moves lists on of which nothing has changed since they were read. */
export const moveLists = companion<{ readonly from: ScreeningList; readonly to: ScreeningList }>({
  refusal: 'screening_list_wrong_status',
  key: ({ to }) => to.id,
  sql: `update screening_lists l
        set status = x.status, hash = x.hash, entry_count = x.entry_count, activated_at = x.activated_at,
          ended_at = x.ended_at
        from unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::bigint[], $8::timestamptz[],
          $9::timestamptz[])
          with ordinality as x(id, previous, previous_count, status, hash, entry_count, activated_at, ended_at, n)
        where l.tenant_id = $1 and l.id = x.id and l.status = x.previous and l.entry_count = x.previous_count
        returning x.n`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.to.id, 'scl'))),
    sqlArray(rows.map(({ row }) => row.from.status)),
    sqlArray(rows.map(({ row }) => row.from.entryCount)),
    sqlArray(rows.map(({ row }) => row.to.status)),
    sqlArray(rows.map(({ row }) => row.to.hash)),
    sqlArray(rows.map(({ row }) => row.to.entryCount)),
    sqlArray(rows.map(({ row }) => row.to.activatedAt)),
    sqlArray(rows.map(({ row }) => row.to.endedAt)),
  ],
})

/** @param at From when on another version is in its place. */
export const superseded = (from: ScreeningList, at: Date): CompanionRow =>
  moveLists.row({ from, to: { ...from, status: 'superseded', endedAt: at } })

/** Notes that everybody was asked about a list, while it is active: one that was replaced meanwhile asked not everybody. */
export const noteRescreened = companion<{ readonly listId: string; readonly at: Date; readonly rules: string }>({
  sql: `update screening_lists l set rescreened_at = x.at, rescreened_by = x.rules
        from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as x(id, at, rules)
        where l.tenant_id = $1 and l.id = x.id and l.status = 'active'`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.listId, 'scl'))),
    sqlArray(rows.map(({ row }) => row.at)),
    sqlArray(rows.map(({ row }) => row.rules)),
  ],
})

/** An entry in its place. */
export interface ListedEntry extends HashedEntry {
  readonly listId: string
}

export const insertEntries = companion<HashedEntry>({
  sql: `insert into screening_entries (tenant_id, hash, content)
        select $1, x.hash, x.content from unnest($2::bytea[], $3::json[]) as x(hash, content)
        on conflict (tenant_id, hash) do nothing`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => row.hash)),
    sqlArray(rows.map(({ row }) => JSON.stringify(row.entry))),
  ],
})

export const insertListEntries = companion<ListedEntry>({
  sql: `insert into screening_list_entries (tenant_id, list_id, entry_id, hash)
        select $1, x.list_id, x.entry_id, x.hash from unnest($2::uuid[], $3::text[], $4::bytea[])
          as x(list_id, entry_id, hash)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.listId, 'scl'))),
    sqlArray(rows.map(({ row }) => row.entry.id)),
    sqlArray(rows.map(({ row }) => row.hash)),
  ],
})

/** Hashes of those of some ids that a list has. */
export async function findEntryHashes(
  reader: Queryable,
  tenantId: string,
  listId: string,
  entryIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const rows = await reader.query<{ entry_id: string; hash: Uint8Array }>(
    `select entry_id, hash from screening_list_entries
     where tenant_id = $1 and list_id = $2 and entry_id = any($3::text[])`,
    [toUuid(tenantId, 'ten'), toUuid(listId, 'scl'), sqlArray(entryIds)],
  )
  return new Map(rows.map((row) => [row.entry_id, row.hash]))
}

const PAGE = 2_000

/** The hashes of a list in the order of the entries' ids, by code point. */
export async function* entryHashes(
  reader: Queryable,
  tenantId: string,
  listId: string,
): AsyncGenerator<{ readonly id: string; readonly hash: Uint8Array }> {
  let after = ''
  for (;;) {
    const rows = await reader.query<{ entry_id: string; hash: Uint8Array }>(
      `select entry_id, hash from screening_list_entries
       where tenant_id = $1 and list_id = $2 and entry_id collate "C" > $3 order by entry_id collate "C" limit $4`,
      [toUuid(tenantId, 'ten'), toUuid(listId, 'scl'), after, PAGE],
    )
    for (const row of rows) yield { id: row.entry_id, hash: row.hash }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.entry_id ?? ''
  }
}

/** Entries of a list in the order of their ids, by code point. @param page.after Id of the one before; empty: from the first. */
export async function listEntries(
  reader: Queryable,
  tenantId: string,
  listId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<HashedEntry[]> {
  const rows = await reader.query<{ hash: Uint8Array; content: string }>(
    `select e.hash, e.content::text as content
     from screening_list_entries l join screening_entries e on e.tenant_id = l.tenant_id and e.hash = l.hash
     where l.tenant_id = $1 and l.list_id = $2 and l.entry_id collate "C" > $3
     order by l.entry_id collate "C" limit $4`,
    [toUuid(tenantId, 'ten'), toUuid(listId, 'scl'), after, limit],
  )
  return rows.map(({ hash, content }) => ({ hash, entry: JSON.parse(content) as ScreeningListEntry }))
}

/** Contents by their hash, hexadecimal. */
export async function findEntries(
  reader: Queryable,
  tenantId: string,
  hashes: readonly string[],
): Promise<Map<string, ScreeningListEntry>> {
  const rows = await reader.query<{ hash: Uint8Array; content: string }>(
    `select hash, content::text as content from screening_entries where tenant_id = $1 and hash = any($2::bytea[])`,
    [toUuid(tenantId, 'ten'), sqlArray(hashes.map((hash) => new Uint8Array(Buffer.from(hash, 'hex'))))],
  )
  return new Map(rows.map(({ hash, content }) => [hexOf(hash), JSON.parse(content) as ScreeningListEntry]))
}
