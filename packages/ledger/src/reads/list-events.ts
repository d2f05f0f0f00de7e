import { type Queryable, type SqlValue, sqlArray } from '../database/database.ts'
import { parseLeaf } from '../leaf.ts'
import type { EventView } from '../ledger.ts'
import { toUuid } from '../type-id.ts'
import { toTransaction } from './rows.ts'

/** Events after a place, oldest first: the transaction's leaf is its own event. */
export async function listEvents(
  db: Queryable,
  tenantId: string,
  after: { sequence: number; index: number },
  options: { limit: number; types?: readonly string[] | undefined },
): Promise<EventView[]> {
  const found: EventView[] = []
  let { sequence } = after
  for (let isMore = true; isMore && found.length < options.limit; ) {
    const leaves = await readLeaves(db, tenantId, sequence, options.limit, options.types)
    for (const { leaf } of leaves) {
      const { events } = toTransaction(parseLeaf(leaf))
      found.push(...events.filter((event) => isAfter(event, after) && (options.types?.includes(event.type) ?? true)))
    }
    isMore = leaves.length === options.limit
    sequence = (leaves.at(-1)?.sequence ?? sequence) + 1
  }
  return found.slice(0, options.limit)
}

async function readLeaves(
  db: Queryable,
  tenantId: string,
  from: number,
  limit: number,
  types: readonly string[] | undefined,
): Promise<{ sequence: number; leaf: string }[]> {
  const filter =
    types === undefined ? '' : `and exists (select 1 from unnest($4::text[]) w(x) where strpos(leaf, w.x) > 0)`
  const parameters: SqlValue[] = [toUuid(tenantId, 'ten'), from, limit]
  if (types !== undefined) parameters.push(sqlArray(types.map((type) => `"type":${JSON.stringify(type)}`)))
  const rows = await db.query<{ sequence: bigint; leaf: string }>(
    `select sequence, leaf from transactions where tenant_id = $1 and sequence >= $2 ${filter}
     order by sequence limit $3`,
    parameters,
  )
  return rows.map((row) => ({ sequence: Number(row.sequence), leaf: row.leaf }))
}

const isAfter = (event: EventView, after: { sequence: number; index: number }): boolean =>
  event.sequence > after.sequence || (event.sequence === after.sequence && event.index > after.index)
