import {
  consistencyProof,
  encodeBase64,
  Frontier,
  type HashReader,
  inclusionProof,
  MalformedProof,
  parseTilePath,
  signCheckpoint,
  type Tile,
  tileHashReader,
  tileWidth,
} from '@pisto/proof'
import type { Database, Queryable } from './database/database.ts'
import { hashLeaf, sha256 } from './leaf.ts'
import type { CheckpointSigner, LogProof, TenantLog } from './ledger.ts'
import { readTile, storeFullTiles } from './log-tiles.ts'
import { isTypeId, toUuid } from './type-id.ts'

export interface LogOptions {
  readonly db: Database
  readonly signer: (tenantId: string) => Promise<CheckpointSigner | undefined>
}

interface SignedHead {
  readonly size: number
  readonly note: string
}

/** The tenant's tamper-evident log: only a committed head is signed, and what is stored is what is served. */
export function createLog({ db, signer }: LogOptions): TenantLog {
  const newest = async (tenantId: string): Promise<SignedHead | undefined> => {
    await publishCheckpoint(db, tenantId, await signer(tenantId))
    return newestCheckpoint(db, tenantId)
  }
  const hashes = (tenantId: string, treeSize: number): HashReader =>
    tileHashReader(
      { readTiles: (tiles) => Promise.all(tiles.map((tile) => tileOf(db, tenantId, tile))) },
      treeSize,
      sha256,
    )

  return {
    checkpoint: async (tenantId) => (await newest(tenantId))?.note,

    async inclusionProof(tenantId, transactionId) {
      if (!isTypeId(transactionId, 'txn')) return undefined
      const [row] = await db.query<{ sequence: bigint; leaf: string }>(
        'select sequence, leaf from transactions where tenant_id = $1 and transaction_id = $2',
        [toUuid(tenantId, 'ten'), toUuid(transactionId)],
      )
      const head = row && (await newest(tenantId))
      if (row === undefined || head === undefined || head.size < Number(row.sequence)) return undefined
      const leafIndex = Number(row.sequence) - 1
      const path = await inclusionProof(hashes(tenantId, head.size), leafIndex, head.size, sha256)
      return {
        transactionId,
        sequence: Number(row.sequence),
        leafIndex,
        leaf: encodeBase64(new TextEncoder().encode(row.leaf)),
        leafHash: encodeBase64(hashLeaf(row.leaf)),
        treeSize: head.size,
        path: path.map(encodeBase64),
        checkpoint: head.note,
      } satisfies LogProof
    },

    async consistencyProof(tenantId, fromSize) {
      const head = await newest(tenantId)
      if (head === undefined || fromSize > head.size) return undefined
      const path = await consistencyProof(hashes(tenantId, head.size), fromSize, head.size, sha256)
      return { fromSize, toSize: head.size, path: path.map(encodeBase64), checkpoint: head.note }
    },

    async tile(tenantId, path) {
      const tile = parsedTile(path)
      const head = tile && (await newest(tenantId))
      if (tile === undefined || head === undefined) return undefined
      if (tileWidth(tile.level, tile.index, head.size) < tile.width) return undefined
      return readTile(db, toUuid(tenantId, 'ten'), tile)
    },

    async leaves(tenantId, { limit, after }) {
      const rows = await db.query<{ sequence: bigint; leaf: string }>(
        'select sequence, leaf from transactions where tenant_id = $1 and sequence > $2 order by sequence limit $3',
        [toUuid(tenantId, 'ten'), after, limit],
      )
      return rows.map(({ sequence, leaf }) => ({ sequence: Number(sequence), leaf }))
    },
  }
}

/**
 * Signs the newest committed head, if there is news, and stores the tiles that it fills. Any process may do it at any
 * time: what it writes follows from what is committed.
 */
export async function publishCheckpoint(
  db: Database,
  tenantId: string,
  signer: CheckpointSigner | undefined,
): Promise<void> {
  if (signer === undefined) return
  const tenant = toUuid(tenantId, 'ten')
  const [row] = await db.query<{ frontier: Uint8Array; signed: bigint }>(
    `select b.frontier, coalesce((select max(size) from checkpoints where tenant_id = $1), 0) as signed
     from batches b where b.tenant_id = $1 order by b.batch_number desc limit 1`,
    [tenant],
  )
  const frontier = row && Frontier.decode(row.frontier, sha256)
  if (frontier === undefined || frontier.size <= Number(row?.signed)) return

  await storeFullTiles(db, tenant, frontier.size)
  const { size } = frontier
  const root = frontier.root()
  const note = await signCheckpoint(
    { origin: signer.name, size, root },
    { keyId: '', ...signer, sign: async (message) => signer.sign(message) },
  )
  await db.query(
    `insert into checkpoints (tenant_id, size, root, note) values ($1, $2, $3, $4)
     on conflict (tenant_id, size) do nothing`,
    [tenant, size, root, note],
  )
}

async function newestCheckpoint(db: Queryable, tenantId: string): Promise<SignedHead | undefined> {
  const [row] = await db.query<{ size: bigint; note: string }>(
    'select size, note from checkpoints where tenant_id = $1 order by size desc limit 1',
    [toUuid(tenantId, 'ten')],
  )
  return row && { size: Number(row.size), note: row.note }
}

async function tileOf(db: Queryable, tenantId: string, tile: Tile): Promise<Uint8Array> {
  const bytes = await readTile(db, toUuid(tenantId, 'ten'), tile)
  if (bytes === undefined) throw new Error(`the log of ${tenantId} lacks tile ${tile.level}/${tile.index}`)
  return bytes
}

function parsedTile(path: string): Tile | undefined {
  try {
    return parseTilePath(`tile/${path}`)
  } catch (error) {
    if (error instanceof MalformedProof) return undefined
    throw error
  }
}
