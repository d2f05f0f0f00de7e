import { TILE_WIDTH, tilePath, tileWidth } from '@pisto/proof'
import type { Pisto } from '@pisto/sdk'

const HASH_LENGTH = 32

/**
 * Where the leaves first differ from the hashes that the log keeps of them.
 *
 * @param hashes Of the leaves that were read.
 * @returns The index of the leaf; undefined when all agree.
 */
export async function firstDifference(
  client: Pisto,
  hashes: readonly Uint8Array[],
  size: number,
): Promise<number | undefined> {
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = tileWidth(0, index, size)
    const path = tilePath(0, index, width).slice('tile/'.length)
    const kept = Buffer.from(await client.log.tile(path))
    for (let at = 0; at < width; at++) {
      const leafIndex = index * TILE_WIDTH + at
      const hash = kept.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH)
      if (!hash.equals(hashes[leafIndex] ?? new Uint8Array())) return leafIndex
    }
  }
  return undefined
}
