/** One page of a list, as the server gives it. */
export interface Page<T> {
  readonly data: readonly T[]
  /** Give it back as `after` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

/**
 * A list that is fetched while it is read: `for await` goes through all of it, page after page.
 * Nothing is sent before; reading it again starts again.
 */
export interface List<T> extends AsyncIterable<T> {
  /** Only the first page (after the filter's `after`), for those who page themselves. */
  page(): Promise<Page<T>>
}

/** @param fetchPage Gives the page after a cursor; without one, the first. */
export function listOf<T>(
  fetchPage: (after: string | undefined) => Promise<Page<T>>,
  after: string | undefined,
): List<T> {
  return {
    page: () => fetchPage(after),
    async *[Symbol.asyncIterator]() {
      let cursor = after
      for (;;) {
        const { data, nextCursor } = await fetchPage(cursor)
        yield* data
        // A page may be empty in the middle. Events have a cursor after the last one too: it stands still.
        if (nextCursor === null || nextCursor === cursor) return
        cursor = nextCursor
      }
    },
  }
}
