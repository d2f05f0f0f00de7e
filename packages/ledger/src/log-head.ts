import { epochOrigin, Frontier } from '@pisto/proof'
import type { Queryable } from './database/database.ts'
import { sha256 } from './leaf.ts'

/** The newest committed head of a tenant's log: what is to be signed. */
export interface LogHead {
  /** From 1. */
  readonly epoch: number
  /** Sequence of the epoch's first leaf. */
  readonly firstSequence: number
  /** Of the epoch. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Size of the newest checkpoint that is stored; 0 for none. */
  readonly storedSize: number
}

/** Size and root of a head, under a name. */
export type NamedHead = Pick<LogHead, 'origin' | 'size' | 'root'>

/**
 * All in one statement, so that the parts belong together.
 * @param origin Of the log's first epoch.
 */
export async function readHead(db: Queryable, tenant: string, origin: string): Promise<LogHead> {
  const [row] = await db.query<HeadRow>(
    `select (select frontier from batches where tenant_id = $1 order by batch_number desc limit 1) as frontier,
            (select epoch from log_epochs where tenant_id = $1 order by epoch desc limit 1) as epoch,
            (select first_sequence from log_epochs where tenant_id = $1 order by epoch desc limit 1) as first_sequence,
            (select max(size) from checkpoints where tenant_id = $1) as stored`,
    [tenant],
  )
  const frontier = row?.frontier ? Frontier.decode(row.frontier, sha256) : Frontier.empty(sha256)
  const epoch = row?.epoch ?? 1
  return {
    epoch,
    firstSequence: Number(row?.first_sequence ?? 1),
    origin: epochOrigin(origin, epoch),
    size: frontier.size,
    root: frontier.root(),
    storedSize: Number(row?.stored ?? 0),
  }
}

interface HeadRow {
  readonly frontier: Uint8Array | null
  readonly epoch: number | null
  readonly first_sequence: bigint | null
  readonly stored: bigint | null
}

/** Sizes that checkpoints of one epoch have: those of its leaves. */
export interface EpochSizes {
  readonly from: number
  readonly to: number
}

/** @returns Undefined: the log has no such epoch. */
export async function readEpochSizes(db: Queryable, tenant: string, epoch: number): Promise<EpochSizes | undefined> {
  const rows = await db.query<{ epoch: number; first_sequence: bigint }>(
    'select epoch, first_sequence from log_epochs where tenant_id = $1 order by epoch',
    [tenant],
  )
  const own = rows.find((row) => row.epoch === epoch)
  if (own === undefined && epoch !== 1) return undefined
  const next = rows.find((row) => row.epoch > epoch)
  return {
    from: Number(own?.first_sequence ?? 1),
    to: next === undefined ? Number.MAX_SAFE_INTEGER : Number(next.first_sequence) - 1,
  }
}
