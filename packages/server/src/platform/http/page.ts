import { isTypeId } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from './cursor.ts'

/** What the query of a list says about its page. */
export interface PageQuery {
  readonly limit?: number
  readonly after?: string
}

/**
 * One page of a list whose cursor is the last id of the page before. Reads one row more than it shows: whether there
 * is a next page is never a guess.
 *
 * @param prefix Of the ids.
 * @throws {PistoProblem} `request_invalid`: `after` is no cursor of this list
 */
export async function pageById<Row extends { readonly id: string }, Item>(
  { limit = LIMIT_DEFAULT, after }: PageQuery,
  prefix: string,
  list: (page: { readonly limit: number; readonly before: string | undefined }) => Promise<readonly Row[]>,
  show: (row: Row) => Item,
): Promise<{ data: Item[]; nextCursor: string | null }> {
  requireCursor(after, (cursor) => isTypeId(cursor, prefix))
  const found = await list({ limit: limit + 1, before: after })
  const page = found.slice(0, limit)
  return { data: page.map(show), nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}
