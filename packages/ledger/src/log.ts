import {
  consistencyProof,
  encodeBase64,
  inclusionProof,
  MalformedProof,
  parseTilePath,
  type Tile,
  tileWidth,
} from '@pisto/proof'
import { ConnectionLost, type Database, type Queryable } from './database/database.ts'
import { hashLeaf, sha256 } from './leaf.ts'
import type { CheckpointSigner, LogProof, TenantLog } from './ledger.ts'
import { beginEpoch, type EpochDeps } from './log-epochs.ts'
import { logHashes } from './log-hashes.ts'
import { type EpochSizes, readEpochSizes, readHead } from './log-head.ts'
import type { LogSigner } from './log-signer.ts'
import { readTiles } from './log-tiles.ts'
import type { SignedHead, SignerMemory } from './signer-memory.ts'
import { isTypeId, toUuid } from './type-id.ts'

export interface LogOptions {
  readonly db: Database
  readonly signer: (tenantId: string) => Promise<CheckpointSigner | undefined>
  readonly memory: SignerMemory
  readonly logSigner: LogSigner
  readonly decide: EpochDeps['decide']
}

type StoredHead = Pick<SignedHead, 'size' | 'note'>

const ANY_SIZE: EpochSizes = { from: 1, to: Number.MAX_SAFE_INTEGER }

/** The tenant's tamper-evident log: only a committed head is signed, and what is stored is what is served. */
export function createLog(options: LogOptions): TenantLog {
  const { db, signer, memory, logSigner } = options

  /** A log that cannot be signed now still serves what was signed. */
  const newest = async (tenantId: string, epoch?: number): Promise<StoredHead | undefined> => {
    const signed = await publish(tenantId)
    if (signed !== undefined && epoch === undefined) return signed
    const tenant = toUuid(tenantId, 'ten')
    const sizes = epoch === undefined ? ANY_SIZE : await readEpochSizes(db, tenant, epoch)
    return sizes && newestCheckpoint(db, tenant, sizes)
  }
  const publish = (tenantId: string): Promise<StoredHead | undefined> =>
    logSigner.publish(tenantId).catch((error: unknown) => {
      if (error instanceof ConnectionLost) throw error
      return undefined
    })

  return {
    checkpoint: async (tenantId, epoch) => (await newest(tenantId, epoch))?.note,

    async inclusionProof(tenantId, transactionId) {
      if (!isTypeId(transactionId, 'txn')) return undefined
      const tenant = toUuid(tenantId, 'ten')
      const [[row], head] = await Promise.all([
        db.query<{ sequence: bigint; leaf: string }>(
          'select sequence, leaf from transactions where tenant_id = $1 and transaction_id = $2',
          [tenant, toUuid(transactionId)],
        ),
        newest(tenantId),
      ])
      if (row === undefined || head === undefined || head.size < Number(row.sequence)) return undefined
      const leafIndex = Number(row.sequence) - 1
      const path = await inclusionProof(logHashes(db, tenant, head.size), leafIndex, head.size, sha256)
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
      const hashes = logHashes(db, toUuid(tenantId, 'ten'), head.size)
      const path = await consistencyProof(hashes, fromSize, head.size, sha256)
      return { fromSize, toSize: head.size, path: path.map(encodeBase64), checkpoint: head.note }
    },

    async tile(tenantId, path, epoch) {
      const tile = parsedTile(path)
      const head = tile && (await newest(tenantId, epoch))
      if (tile === undefined || head === undefined) return undefined
      if (tileWidth(tile.level, tile.index, head.size) < tile.width) return undefined
      const [bytes] = await readTiles(db, toUuid(tenantId, 'ten'), [tile])
      return bytes
    },

    async leaves(tenantId, { limit, after }) {
      const rows = await db.query<{ sequence: bigint; leaf: string }>(
        'select sequence, leaf from transactions where tenant_id = $1 and sequence > $2 order by sequence limit $3',
        [toUuid(tenantId, 'ten'), after, limit],
      )
      return rows.map(({ sequence, leaf }) => ({ sequence: Number(sequence), leaf }))
    },

    async state(tenantId) {
      await publish(tenantId)
      const own = await signer(tenantId)
      if (own === undefined) return undefined
      const { head: remembered } = await memory.recall({ origin: own.name, publicKey: own.publicKey })
      const { epoch, origin, size, storedSize } = await readHead(db, toUuid(tenantId, 'ten'), own.name)
      const signed = remembered && { origin: remembered.origin, size: remembered.size }
      return { epoch, origin, size, storedSize, signed, failure: logSigner.failureOf(tenantId) }
    },

    failureOf: (tenantId) => logSigner.failureOf(tenantId),
    beginEpoch: (tenantId, lastKnown) => beginEpoch(options, tenantId, lastKnown),
  }
}

async function newestCheckpoint(
  db: Queryable,
  tenant: string,
  { from, to }: EpochSizes,
): Promise<StoredHead | undefined> {
  const [row] = await db.query<{ size: bigint; note: string }>(
    'select size, note from checkpoints where tenant_id = $1 and size between $2 and $3 order by size desc limit 1',
    [tenant, from, to],
  )
  return row && { size: Number(row.size), note: row.note }
}

function parsedTile(path: string): Tile | undefined {
  try {
    return parseTilePath(`tile/${path}`)
  } catch (error) {
    if (error instanceof MalformedProof) return undefined
    throw error
  }
}
