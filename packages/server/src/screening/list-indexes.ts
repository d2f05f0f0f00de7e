import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ScreeningListEntry } from '@pisto/contract'
import { ScreeningIndex } from '@pisto/identity/screening'
import type { Queryable } from '@pisto/ledger'
import { LRUCache } from 'lru-cache'
import { hexOf, type ScreeningList } from './lists/list.ts'
import { listEntries } from './lists/store.ts'

/** An entry as the matcher finds it again. */
export interface IndexedEntry extends ScreeningListEntry {
  /** Of its content, hexadecimal. */
  readonly hash: string
}

export type ListIndex = ScreeningIndex<IndexedEntry>

/** Entries that a process keeps ready, of all lists of all tenants: some 10 kB each. */
const ENTRIES_MAX = 500_000
const PAGE = 500
/** Others get their turn after so many entries. */
const ENTRIES_PER_TURN = 20

/**
 * The matcher's index of each list in use, built once and found by the list's hash: what is the same has one index, whoever
 * loaded it. Building one of 100,000 entries takes seconds, in which other requests are served.
 */
export class ListIndexes {
  readonly #indexes = new LRUCache<string, { readonly index: Promise<ListIndex> }>({
    max: 100,
    maxSize: ENTRIES_MAX,
    sizeCalculation: (_, key) => this.#sizes.get(key) ?? 1,
  })
  readonly #sizes = new Map<string, number>()

  /** @param reader A plan's, where it is asked within one. */
  get(
    reader: Queryable,
    tenantId: string,
    list: Pick<ScreeningList, 'id' | 'entryCount'> & { readonly hash: Uint8Array },
  ): Promise<ListIndex> {
    const key = hexOf(list.hash)
    const known = this.#indexes.get(key)
    if (known !== undefined) return known.index
    const index = buildIndex(entriesOf(reader, tenantId, list.id))
    this.#sizes.set(key, Math.max(1, list.entryCount))
    this.#indexes.set(key, { index })
    index.catch(() => this.#indexes.delete(key))
    return index
  }
}

/** @param entries In the order of their ids: answers depend on it. */
async function buildIndex(entries: AsyncIterable<IndexedEntry>): Promise<ListIndex> {
  const index: ListIndex = new ScreeningIndex()
  for await (const entry of entries) {
    index.add(entry)
    if (index.size % ENTRIES_PER_TURN === 0) await nextTurn()
  }
  return index
}

async function* entriesOf(reader: Queryable, tenantId: string, listId: string): AsyncGenerator<IndexedEntry> {
  let after = ''
  for (;;) {
    const page = await listEntries(reader, tenantId, listId, { after, limit: PAGE })
    for (const { entry, hash } of page) yield { ...entry, hash: hexOf(hash) }
    if (page.length < PAGE) return
    after = page.at(-1)?.entry.id ?? ''
  }
}
