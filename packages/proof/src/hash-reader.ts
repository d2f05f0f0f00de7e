import { MalformedProof } from './errors.ts'
import { HASH_LENGTH, portableSha256, type Sha256 } from './sha256.ts'
import { type Subtree, tileOf } from './subtrees.ts'
import { type Tile, tilePath } from './tiles.ts'
import { nodeHash } from './tree-hash.ts'

/** Gives hashes of perfect subtrees, in the order asked for. A proof asks for all that it needs at once. */
export interface HashReader {
  readHashes(subtrees: readonly Subtree[]): Promise<readonly Uint8Array[]>
}

/** Gives the bytes of tiles (32 for each hash), in the order asked for: from a table, a folder, or over HTTP. */
export interface TileReader {
  readTiles(tiles: readonly Tile[]): Promise<readonly Uint8Array[]>
}

/**
 * Reads subtree hashes out of tiles: those between the levels that tiles store are computed from the tile's hashes.
 * Each tile is asked for once. Tiles are not authenticated here: whoever does not own them verifies the proof.
 * @param treeSize Size of the tree whose tiles are read; it decides which tiles are partial.
 * @see https://c2sp.org/tlog-tiles section "Merkle Tree"
 */
export function tileHashReader(tiles: TileReader, treeSize: number, sha256: Sha256 = portableSha256): HashReader {
  return {
    async readHashes(subtrees) {
      const positions = subtrees.map((subtree) => tileOf(subtree, treeSize))
      const needed = new Map(positions.map(({ tile }) => [pathOf(tile), tile]))
      const read = await tiles.readTiles([...needed.values()])
      const bytes = new Map([...needed].map(([path, tile], n) => [path, checked(tile, read[n])]))
      return positions.map(({ tile, offset, count }) => {
        return perfectRoot(bytes.get(pathOf(tile)) ?? new Uint8Array(), offset, count, sha256)
      })
    },
  }
}

const pathOf = (tile: Tile): string => tilePath(tile.level, tile.index, tile.width)

function checked(tile: Tile, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes?.length === tile.width * HASH_LENGTH) return new Uint8Array(bytes) // slices of a Buffer are no copies
  throw new MalformedProof('tile_malformed', `${pathOf(tile)} has ${bytes?.length ?? 'no'} bytes`)
}

/** Root of a perfect tree over `count` hashes of a tile: halves, until one hash is left. */
function perfectRoot(tile: Uint8Array, offset: number, count: number, sha256: Sha256): Uint8Array {
  if (count === 1) return tile.slice(offset * HASH_LENGTH, (offset + 1) * HASH_LENGTH)
  const half = count / 2
  return nodeHash(perfectRoot(tile, offset, half, sha256), perfectRoot(tile, offset + half, half, sha256), sha256)
}
