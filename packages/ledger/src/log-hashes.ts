import { type HashReader, type Tile, tileHashReader } from '@pisto/proof'
import type { Queryable } from './database/database.ts'
import { sha256 } from './leaf.ts'
import { readTile } from './log-tiles.ts'

/** The hashes of a tree of `size` leaves that a proof needs, read from the tiles on its way. */
export function logHashes(db: Queryable, tenant: string, size: number): HashReader {
  return tileHashReader(
    { readTiles: (tiles) => Promise.all(tiles.map((tile) => requireTile(db, tenant, tile))) },
    size,
    sha256,
  )
}

/** Hashes of leaves that the log must have are missing: somebody took rows away. */
export class LogIncomplete extends Error {
  override readonly name = 'LogIncomplete'
}

async function requireTile(db: Queryable, tenant: string, tile: Tile): Promise<Uint8Array> {
  const bytes = await readTile(db, tenant, tile)
  if (bytes === undefined) throw new LogIncomplete(`tile ${tile.level}/${tile.index} is incomplete`)
  return bytes
}
