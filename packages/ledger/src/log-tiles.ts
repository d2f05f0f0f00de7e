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
 * The hashes of some tiles, each one after another; undefined where there are not as many as asked for. One statement
 * for all: full tiles are stored, partial ones are put together from what they are made of.
 */
export async function readTiles(
  db: Queryable,
  tenant: string,
  tiles: readonly Tile[],
): Promise<(Uint8Array | undefined)[]> {
  const rows = await db.query<{ n: bigint; hashes: Uint8Array | null }>(
    `select x.n, coalesce(
       (select t.hashes from tiles t where x.width = ${TILE_WIDTH}
          and t.tenant_id = $1 and t.level = x.level and t.tile_index = x.tile_index),
       case when x.level = 0 then
         (select string_agg(r.leaf_hash, ''::bytea order by r.sequence) from transactions r
          where r.tenant_id = $1 and r.sequence > x.first and r.sequence <= x.first + x.width)
       else
         (select string_agg(b.root, ''::bytea order by b.tile_index) from tiles b
          where b.tenant_id = $1 and b.level = x.level - 1 and b.tile_index >= x.first and b.tile_index < x.first + x.width)
       end) as hashes
     from unnest($2::integer[], $3::bigint[], $4::integer[], $5::bigint[]) with ordinality
       as x(level, tile_index, width, first, n)`,
    [
      tenant,
      sqlArray(tiles.map(({ level }) => level)),
      sqlArray(tiles.map(({ index }) => index)),
      sqlArray(tiles.map(({ width }) => width)),
      sqlArray(tiles.map(({ index }) => index * TILE_WIDTH)),
    ],
  )
  const read = new Map(rows.map(({ n, hashes }) => [Number(n), hashes]))
  return tiles.map(({ width }, at) => {
    const hashes = read.get(at + 1)
    return hashes?.length === width * HASH_LENGTH ? new Uint8Array(hashes) : undefined
  })
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
