import { concatBytes } from '../bytes.ts'
import { Frontier } from '../frontier.ts'
import type { TileReader } from '../hash-reader.ts'
import type { Sha256 } from '../sha256.ts'
import { TILE_WIDTH, type Tile } from '../tiles.ts'

/** A log in memory: what a ledger keeps, and every tile that was asked for. */
export function memoryLog(leafHashes: readonly Uint8Array[], sha256: Sha256) {
  const levels: Uint8Array[][] = []
  const asked: Tile[] = []
  const frontier = Frontier.empty(sha256)
  for (const leaf of leafHashes) {
    frontier.append(leaf, (level, index, hash) => {
      const hashes = levels[level] ?? []
      levels[level] = hashes
      if (hashes.length !== index) throw new Error(`tile hash ${level}/${index} out of order`)
      hashes.push(hash)
    })
  }
  const tiles: TileReader = {
    readTiles: async (wanted) => {
      asked.push(...wanted)
      return wanted.map(({ level, index, width }) =>
        concatBytes(...(levels[level] ?? []).slice(index * TILE_WIDTH, index * TILE_WIDTH + width)),
      )
    },
  }
  return { frontier, tiles, asked }
}
