/** Measures in points, 72 to the inch, from the top left corner of an A4 page. */
const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const
export const LEFT: number = PAGE.margin
export const RIGHT: number = PAGE.width - PAGE.margin
export const FOOTER_TOP: number = PAGE.height - 40

export const ROW_HEIGHT = 19

/** Right edges of the columns of amounts; the date and what it was for begin at their left edges. */
export const COLUMNS = {
  date: LEFT + 6,
  description: LEFT + 92,
  in: RIGHT - 150,
  out: RIGHT - 78,
  balance: RIGHT - 6,
} as const
export const AMOUNT_WIDTH = 68

/** Where the rows of a page begin, and how many fit. */
const ROWS = { first: { top: 310 }, next: { top: 120 } } as const
/** What stands below the last row: the closing balance and how to check it. */
const CLOSING_HEIGHT = 150
const BOTTOM = FOOTER_TOP - 12

const capacity = (top: number): number => Math.floor((BOTTOM - top) / ROW_HEIGHT)

/** One page: which entries it has, from how far down. */
export interface PlannedPage {
  readonly number: number
  readonly top: number
  /** Entries on it. */
  readonly rowCount: number
  /** Whether the closing balance follows its rows. */
  readonly isLast: boolean
}

/**
 * How a statement falls into pages, known before the first row is drawn: rows have one height, so that "page 1 of 3"
 * can be written while the third page has not been read yet. The last page has room for the closing balance.
 *
 * @param entryCount Entries of the statement; the opening balance is one more row, on the first page.
 */
export function planPages(entryCount: number): readonly PlannedPage[] {
  const pages: PlannedPage[] = []
  for (let rest = entryCount + 1; ; ) {
    const { top } = pages.length === 0 ? ROWS.first : ROWS.next
    const room = capacity(top)
    const isLast = top + rest * ROW_HEIGHT + CLOSING_HEIGHT <= BOTTOM
    const rowCount = Math.min(rest, room)
    pages.push({ number: pages.length + 1, top, rowCount, isLast })
    if (isLast) return pages
    rest -= rowCount
  }
}
