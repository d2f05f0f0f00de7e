import { TILE_HEIGHT, TILE_WIDTH, type Tile, tileWidth } from './tiles.ts'

/** A perfect subtree: the leaves from `index` × 2^`height` up to, but without, (`index` + 1) × 2^`height`. */
export interface Subtree {
  readonly height: number
  readonly index: number
}

/** Leaves from `start` up to, but without, `end`. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/**
 * The perfect subtrees that make up a range of leaves, left to right, largest first.
 * @param range One that RFC 9162's splits lead to: `start` is a multiple of every subtree's size.
 * @see RFC 9162 section 2.1.1
 * @example
 * subtreesOf({ start: 0, end: 7 }) // heights 2, 1, 0: leaves 0–3, 4–5, 6
 */
export function subtreesOf({ start, end }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = start; at < end; ) {
    let height = 0
    while (2 ** (height + 1) <= end - at) height++
    subtrees.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return subtrees
}

/** Where the hashes below a subtree lie in a tile: `count` of them from `offset`; one, when it is stored itself. */
export interface TilePosition {
  readonly tile: Tile
  readonly offset: number
  readonly count: number
}

/**
 * The tile that a subtree's hash is read or computed from.
 * @param treeSize Size of the tree that the tiles belong to; decides how wide the last tile of a level is.
 * @throws {RangeError} the subtree reaches beyond the tree
 * @see https://c2sp.org/tlog-tiles section "Merkle Tree"
 * @example
 * tileOf({ height: 9, index: 1 }, 70_000) // tile 1/0, full, 2 hashes from offset 2
 */
export function tileOf({ height, index }: Subtree, treeSize: number): TilePosition {
  if ((index + 1) * 2 ** height > treeSize) throw new RangeError(`subtree ${height}/${index} is beyond ${treeSize}`)
  const level = Math.floor(height / TILE_HEIGHT)
  const count = 2 ** (height % TILE_HEIGHT)
  const first = index * count
  const tileIndex = Math.floor(first / TILE_WIDTH)
  const tile = { level, index: tileIndex, width: tileWidth(level, tileIndex, treeSize) }
  return { tile, offset: first % TILE_WIDTH, count }
}
