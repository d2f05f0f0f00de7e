import type { JournalOperation } from '@pisto/contract'
import { type JournalEntry, stateOf } from './entry.ts'

const MOST_OPERATIONS = 100
/** The server takes 256 kB. */
const MOST_BYTES = 200_000
/** So that two fit onto a page. */
export const MOST_ENTRY_BYTES = 100_000

/** What can be sent now, in order: what waits for a choice, and what waits for that, stays at home. */
export function sendable(entries: readonly JournalEntry[]): JournalEntry[] {
  const held = new Set<string>()
  return entries.filter((entry) => {
    const state = stateOf(entry)
    const isHeld = state === 'conflict' || (state === 'waiting' && entry.previous !== null && held.has(entry.previous))
    if (isHeld) held.add(entry.id)
    return state === 'waiting' && !isHeld
  })
}

/** Cut so that each page is taken. */
export function pagesOf(entries: readonly JournalEntry[]): JournalOperation[][] {
  const pages: JournalOperation[][] = []
  let page: JournalOperation[] = []
  let size = 0
  for (const operation of entries.map(toOperation)) {
    const bytes = bytesOf(operation)
    if (page.length > 0 && (page.length === MOST_OPERATIONS || size + bytes > MOST_BYTES)) {
      pages.push(page)
      page = []
      size = 0
    }
    page.push(operation)
    size += bytes
  }
  return page.length > 0 ? [...pages, page] : pages
}

export const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

const toOperation = ({ result: _, settledBy: _settled, body, base, ...entry }: JournalEntry): JournalOperation => ({
  ...entry,
  body: { ...body },
  ...(base && { base: { ...base } }),
})
