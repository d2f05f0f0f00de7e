import { createHash } from 'node:crypto'
import type { ScreeningListEntry } from '@pisto/contract'
import { canonicalJson } from '@pisto/proof'
import { hexOf } from './list.ts'

/** An entry with the SHA-256 of its canonical JSON (RFC 8785): two lists that have the same entry share it. */
export interface HashedEntry {
  readonly entry: ScreeningListEntry
  readonly hash: Uint8Array
}

export const hashEntry = (entry: ScreeningListEntry): HashedEntry => ({
  entry,
  hash: new Uint8Array(createHash('sha256').update(canonicalJson(entry)).digest()),
})

/** The hash of a list, from its entries in the order of their ids by code point. */
export async function hashList(
  entries: AsyncIterable<{ readonly id: string; readonly hash: Uint8Array }>,
): Promise<{ readonly hash: Uint8Array; readonly entryCount: number }> {
  const digest = createHash('sha256')
  let entryCount = 0
  for await (const { id, hash } of entries) {
    digest.update(`${id} ${hexOf(hash)}\n`)
    entryCount++
  }
  return { hash: new Uint8Array(digest.digest()), entryCount }
}
