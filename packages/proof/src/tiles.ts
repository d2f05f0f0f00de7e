import { MalformedProof } from './errors.ts'
import { isTreeSize } from './tree-size.ts'

/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8
/** Hashes in a full tile. */
export const TILE_WIDTH = 256
const HIGHEST_LEVEL = 63

/**
 * A run of neighbouring hashes, stored and served as one: leaf hashes at level 0, above it roots of full tiles.
 * Its bytes are `width` hashes of 32 bytes.
 * @see https://c2sp.org/tlog-tiles section "Merkle Tree"
 */
export interface Tile {
  readonly level: number
  readonly index: number
  /** 256 when full, 1 to 255 when partial. */
  readonly width: number
}

/**
 * Where C2SP serves a tile, relative to the log's prefix.
 * @param width Number of hashes; a full tile has no `.p/` suffix.
 * @throws {RangeError} there is no such tile
 * @see https://c2sp.org/tlog-tiles section "Merkle Tree"
 * @example
 * tilePath(0, 1234067) // 'tile/0/x001/x234/067'
 * tilePath(0, 1234, 12) // 'tile/0/x001/234.p/12'
 */
export function tilePath(level: number, index: number, width = TILE_WIDTH): string {
  const known = Number.isInteger(level) && level >= 0 && level <= HIGHEST_LEVEL && isTreeSize(index)
  if (!known || !Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError(`no tile has level ${level}, index ${index}, width ${width}`)
  }
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${indexPath(index)}${suffix}`
}

/** Three digits an element, and an `x` before all but the last. */
function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  return padded.replaceAll(/[0-9]{3}(?=[0-9])/g, 'x$&/')
}

const PATH =
  /^tile\/(?<level>[0-9]|[1-5][0-9]|6[0-3])\/(?<index>(?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/(?<width>[1-9][0-9]{0,2}))?$/

/**
 * Reads what `tilePath` writes and nothing else: one path for each tile.
 * @throws {MalformedProof} `tile_path_malformed`
 */
export function parseTilePath(path: string): Tile {
  const { level, index, width } = PATH.exec(path)?.groups ?? {}
  const tile = {
    level: Number(level),
    index: Number(index?.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const canonical = isTreeSize(tile.index) && tile.width <= TILE_WIDTH
  if (!canonical || tilePath(tile.level, tile.index, tile.width) !== path) {
    throw new MalformedProof('tile_path_malformed', 'not the path of a tile')
  }
  return tile
}

/**
 * How many hashes a tile has in a tree of that size; 0 when the tree has no such tile yet.
 * @see https://c2sp.org/tlog-tiles section "Partial Tiles"
 * @example
 * tileWidth(0, 273, 70_000) // 112
 */
export function tileWidth(level: number, index: number, treeSize: number): number {
  const hashes = Math.floor(treeSize / TILE_WIDTH ** level) - index * TILE_WIDTH
  return Math.min(Math.max(hashes, 0), TILE_WIDTH)
}

/**
 * All tiles of a tree, level by level from the leaves up, left to right.
 * @param from Only tiles that a tree of `from` leaves did not have in the same width.
 * @example
 * [...tilesOf(257)] // 0/0 (full), 0/1 of width 1, 1/0 of width 1
 */
export function* tilesOf(treeSize: number, from = 0): Generator<Tile> {
  for (let level = 0; treeSize >= TILE_WIDTH ** level; level++) {
    const first = Math.floor(from / TILE_WIDTH ** (level + 1))
    for (let index = first; ; index++) {
      const width = tileWidth(level, index, treeSize)
      if (width === 0) break
      if (width !== tileWidth(level, index, from)) yield { level, index, width }
    }
  }
}
