import { type HashReader, tileHashReader } from '@pisto/proof'
import type { Queryable } from './database/database.ts'
import { sha256 } from './leaf.ts'
import { readTiles } from './log-tiles.ts'

/** The hashes of a tree of `size` leaves that a proof needs, read from the tiles on its way. */
export function logHashes(db: Queryable, tenant: string, size: number): HashReader {
  const reader = {
    async readTiles(tiles: Parameters<typeof readTiles>[2]): Promise<Uint8Array[]> {
      const read = await readTiles(db, tenant, tiles)
      return read.map((bytes, at) => {
        if (bytes !== undefined) return bytes
        throw new LogIncomplete(`tile ${tiles[at]?.level}/${tiles[at]?.index} is incomplete`)
      })
    },
  }
  return tileHashReader(reader, size, sha256)
}

/** Hashes of leaves that the log must have are missing: somebody took rows away. */
export class LogIncomplete extends Error {
  override readonly name = 'LogIncomplete'
}
