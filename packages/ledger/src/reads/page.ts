import type { Page } from '../ledger.ts'

/**
 * One page out of rows that were read one more than it shows: whether there is a next page is never a guess.
 *
 * @param rows At most `limit + 1`.
 * @param floor Where reading stopped before the end of the list, if it did: the page may be short, or empty, and the
 *   next one begins there.
 */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => string,
  floor: string | null = null,
): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  if (rows.length > limit && last !== undefined) return { data, nextCursor: cursorOf(last) }
  return { data, nextCursor: floor }
}
