import { HASH_LENGTH, nodeHash, TILE_WIDTH, type Tile } from '@pisto/proof'
import { type Queryable, type SqlValue, sqlArray } from './database/database.ts'
import { sha256 } from './leaf.ts'

/** Full tiles written at once at the most: bounds memory after a long time without a checkpoint. */
const CHUNK_TILES = 64

/**
 * Stores every full tile of a tree of `size` leaves that is not stored yet. Level 0 comes from the leaf hashes, each
 * level above from the roots of the tiles below. Safe to do twice or at once: the content follows from the leaves.
 */
export async function storeFullTiles(db: Queryable, tenant: string, size: number): Promise<void> {
  for (let level = 0, below = size; below >= TILE_WIDTH; level++) {
    const full = Math.floor(below / TILE_WIDTH)
    for (let next = await storedTiles(db, tenant, level); next < full; next += CHUNK_TILES) {
      await storeTiles(db, tenant, level, next, Math.min(next + CHUNK_TILES, full))
    }
    below = full
  }
}

/**
 * The hashes of some tiles, each one after another; undefined where there are not as many as asked for. All in one go:
 * full tiles by one statement, partial ones from what they are made of.
 */
export async function readTiles(
  db: Queryable,
  tenant: string,
  tiles: readonly Tile[],
): Promise<(Uint8Array | undefined)[]> {
  const full = tiles.filter(({ width }) => width === TILE_WIDTH)
  const stored = full.length === 0 ? new Map<string, Uint8Array>() : readFullTiles(db, tenant, full)
  return Promise.all(tiles.map(async (tile) => (await stored).get(nameOf(tile)) ?? readFromBelow(db, tenant, tile)))
}

async function readFullTiles(db: Queryable, tenant: string, tiles: readonly Tile[]): Promise<Map<string, Uint8Array>> {
  const rows = await db.query<{ level: number; index: bigint; hashes: Uint8Array }>(
    `select t.level, t.tile_index as index, t.hashes
     from unnest($2::smallint[], $3::bigint[]) as x(level, tile_index)
     join tiles t on t.tenant_id = $1 and t.level = x.level and t.tile_index = x.tile_index`,
    [tenant, sqlArray(tiles.map(({ level }) => level)), sqlArray(tiles.map(({ index }) => index))],
  )
  return new Map(rows.map(({ level, index, hashes }) => [nameOf({ level, index }), new Uint8Array(hashes)]))
}

const nameOf = ({ level, index }: { readonly level: number; readonly index: number | bigint }): string =>
  `${level}/${index}`

async function readFromBelow(
  db: Queryable,
  tenant: string,
  { level, index, width }: Tile,
): Promise<Uint8Array | undefined> {
  const first = index * TILE_WIDTH
  const hashes = await readHashes(db, tenant, level, first, first + width)
  return hashes.length === width ? concatenate(hashes) : undefined
}

async function storedTiles(db: Queryable, tenant: string, level: number): Promise<number> {
  const [row] = await db.query<{ next: bigint }>(
    'select coalesce(max(tile_index), -1) + 1 as next from tiles where tenant_id = $1 and level = $2',
    [tenant, level],
  )
  return Number(row?.next ?? 0)
}

async function storeTiles(db: Queryable, tenant: string, level: number, from: number, to: number): Promise<void> {
  const hashes = await readHashes(db, tenant, level, from * TILE_WIDTH, to * TILE_WIDTH)
  const rows = Array.from({ length: to - from }, (_, at) => hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH))
  if (rows.some((row) => row.length !== TILE_WIDTH))
    throw new Error(`level ${level} of the log has a gap after tile ${from}`)
  const parameters: SqlValue[] = [
    tenant,
    level,
    sqlArray(rows.map((_, at) => from + at)),
    sqlArray(rows.map(concatenate)),
    sqlArray(rows.map(rootOf)),
  ]
  await db.query(
    `insert into tiles (tenant_id, level, tile_index, hashes, root)
     select $1, $2, x.at, x.hashes, x.root from unnest($3::bigint[], $4::bytea[], $5::bytea[]) as x(at, hashes, root)
     on conflict (tenant_id, level, tile_index) do nothing`,
    parameters,
  )
}

/** Hashes `from` (included) to `to` of a level: leaf hashes, or roots of full tiles of the level below. */
async function readHashes(
  db: Queryable,
  tenant: string,
  level: number,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows =
    level === 0
      ? await db.query<{ hash: Uint8Array }>(
          `select leaf_hash as hash from transactions
           where tenant_id = $1 and sequence > $2 and sequence <= $3 order by sequence`,
          [tenant, from, to],
        )
      : await db.query<{ hash: Uint8Array }>(
          `select root as hash from tiles
           where tenant_id = $1 and level = $2 and tile_index >= $3 and tile_index < $4 order by tile_index`,
          [tenant, level - 1, from, to],
        )
  return rows.map(({ hash }) => new Uint8Array(hash))
}

function concatenate(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_LENGTH)
  for (const [at, hash] of hashes.entries()) bytes.set(hash, at * HASH_LENGTH)
  return bytes
}

/** Root of a full tile: a perfect tree of 256. */
function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let level = [...hashes]
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, at) =>
      nodeHash(level[2 * at] ?? new Uint8Array(), level[2 * at + 1] ?? new Uint8Array(), sha256),
    )
  }
  const [root] = level
  if (root === undefined) throw new RangeError('an empty tile has no root')
  return root
}
