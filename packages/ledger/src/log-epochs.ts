import { createHash } from 'node:crypto'
import { epochOf, epochOrigin, openCheckpoint, parseCheckpoint, parseNote } from '@pisto/proof'
import { companion } from './companion.ts'
import { type Database, type Queryable, sqlArray } from './database/database.ts'
import { parseLeaf } from './leaf.ts'
import type { CheckpointSigner } from './ledger.ts'
import { type LogHead, readHead } from './log-head.ts'
import { findContradiction, type LogSigner } from './log-signer.ts'
import { storeFullTiles } from './log-tiles.ts'
import type { Decided, LedgerRequest, Plan } from './model.ts'
import type { SignedHead, SignedLog, SignerMemory } from './signer-memory.ts'
import { SigningRefused } from './signing-refused.ts'
import { toUuid } from './type-id.ts'

/** Purpose and event of an epoch's first leaf. */
export const EPOCH_BEGUN = 'log.epochBegun'

export interface LogEpoch {
  readonly epoch: number
  readonly origin: string
  /** Index of the epoch's first leaf, which names the checkpoint before. */
  readonly firstLeafIndex: number
  /** The last checkpoint of the epoch before, a signed note. */
  readonly previousCheckpoint: string
  /** The new epoch's first checkpoint, a signed note. */
  readonly checkpoint: string
}

/** The database has everything that was signed: a new epoch would say that something was lost. */
export class EpochNotNeeded extends Error {
  override readonly name = 'EpochNotNeeded'
}

/** Nobody signs this tenant's log here. */
export class LogNotSigned extends Error {
  override readonly name = 'LogNotSigned'
}

export interface EpochDeps {
  readonly db: Database
  readonly signer: (tenantId: string) => Promise<CheckpointSigner | undefined>
  readonly memory: SignerMemory
  readonly logSigner: LogSigner
  readonly decide: (request: LedgerRequest, plan: () => Plan<null>) => Promise<Decided<null>>
}

/**
 * Begins a new epoch of a log whose database is behind what was signed, or lets this signer follow into one that
 * another process has begun. The tree goes on over all leaves; the epoch's first leaf names the last checkpoint of the
 * epoch before, so the loss is on record, and what was signed before stays true under its own name.
 *
 * @param lastKnown A checkpoint that somebody kept (an auditor, a receipt), where it is newer than this memory's.
 * @throws {EpochNotNeeded} nothing is lost
 * @throws {LogNotSigned} there is no key here
 * @throws {SigningRefused} the epoch that was begun elsewhere does not name what was signed here
 * @throws {MalformedProof} @throws {ProofRejected} `lastKnown` is not a checkpoint of this log
 */
export async function beginEpoch(deps: EpochDeps, tenantId: string, lastKnown?: string): Promise<LogEpoch> {
  const { db, memory, logSigner } = deps
  const tenant = toUuid(tenantId, 'ten')
  const signer = await deps.signer(tenantId)
  if (signer === undefined) throw new LogNotSigned(`no key signs the log of ${tenantId} here`)
  const log: SignedLog = { origin: signer.name, publicKey: signer.publicKey }
  const recalled = await memory.recall(log)
  const last = newer(log, recalled.head, lastKnown === undefined ? undefined : await openHead(log, lastKnown))
  if (last === undefined) throw new EpochNotNeeded('nothing is known to have been signed')

  const before = await readHead(db, tenant, log.origin)
  if (before.epoch > epochOfHead(log, last)) {
    await requireNamed(db, tenantId, log, last, before)
  } else {
    await storeFullTiles(db, tenant, before.size)
    const reason = await findContradiction(db, tenantId, log, last, before)
    if (reason === undefined) throw new EpochNotNeeded(`the database has all ${last.size} leaves that were signed`)
    await writeEpoch(deps, tenantId, log, Math.max(before.epoch, epochOfHead(log, last)) + 1, last)
  }

  const head = await readHead(db, tenant, log.origin)
  await storeFullTiles(db, tenant, head.size)
  if (!(await logSigner.sign(tenantId, head, signer, (signed) => memory.remember(log, signed, recalled)))) {
    throw new Error(`another process has moved the memory of the log of ${tenantId} meanwhile`)
  }
  return describe(db, tenant, log, head)
}

/** The epoch's first leaf, a transaction like any other, and its row. */
async function writeEpoch(
  { decide }: EpochDeps,
  tenantId: string,
  log: SignedLog,
  epoch: number,
  last: SignedHead,
): Promise<void> {
  const origin = epochOrigin(log.origin, epoch)
  const bodyHash = new Uint8Array(createHash('sha256').update(last.note).digest())
  const key = `epoch ${epoch}` // whoever begins it at the same time begins the same
  await decide({ tenantId, clientId: 'operator', operation: EPOCH_BEGUN, key, bodyHash }, () => ({
    purpose: EPOCH_BEGUN,
    references: { epoch: String(epoch), origin, previousCheckpoint: last.note },
    events: [{ type: EPOCH_BEGUN, objectId: tenantId, status: 'begun' }],
    companions: [insertEpochs.row({ epoch })],
    answer: null,
  }))
}

const insertEpochs = companion<{ epoch: number }>({
  sql: `insert into log_epochs (tenant_id, epoch, first_sequence)
        select $1, x.epoch, x.sequence from unnest($2::integer[], $3::bigint[]) as x(epoch, sequence)`,
  columns: (rows) => [sqlArray(rows.map(({ row }) => row.epoch)), sqlArray(rows.map(({ posted }) => posted.sequence))],
})

/** What is in the epoch's first leaf. */
interface EpochLeaf {
  readonly epoch: string | undefined
  readonly origin: string | undefined
  readonly previousCheckpoint: string | undefined
}

async function readEpochLeaf(db: Queryable, tenant: string, sequence: number): Promise<EpochLeaf | undefined> {
  const [row] = await db.query<{ leaf: string }>(
    'select leaf from transactions where tenant_id = $1 and sequence = $2',
    [tenant, sequence],
  )
  if (row === undefined) return undefined
  const { purpose, references } = parseLeaf(row.leaf)
  if (purpose !== EPOCH_BEGUN) return undefined
  const { epoch, origin, previousCheckpoint } = references
  return { epoch, origin, previousCheckpoint }
}

/** The epoch after the last that was signed here must name that head, or a later one of its epoch, by our own key. */
async function requireNamed(
  db: Queryable,
  tenantId: string,
  log: SignedLog,
  last: SignedHead,
  head: LogHead,
): Promise<void> {
  const tenant = toUuid(tenantId, 'ten')
  const [next] = await db.query<{ first_sequence: bigint }>(
    'select first_sequence from log_epochs where tenant_id = $1 and epoch > $2 order by epoch limit 1',
    [tenant, epochOfHead(log, last)],
  )
  const leaf = await readEpochLeaf(db, tenant, Number(next?.first_sequence))
  const named = await openHead(log, leaf?.previousCheckpoint ?? '').catch(() => undefined)
  const isLater = named?.origin === last.origin && (named.size > last.size || named.note === last.note)
  if (!isLater) throw new SigningRefused('epoch', tenantId, last, head)
}

/** @throws {MalformedProof} @throws {ProofRejected} not signed by the log's own key under a name of its own */
async function openHead(log: SignedLog, note: string): Promise<SignedHead> {
  const { origin } = parseCheckpoint(parseNote(note).text)
  const isOwn = epochOf(log.origin, origin) !== undefined
  const { size, root } = await openCheckpoint(note, {
    origin: isOwn ? origin : log.origin,
    publicKeys: [log.publicKey],
  })
  return { origin, size, root, note }
}

function newer(log: SignedLog, a: SignedHead | undefined, b: SignedHead | undefined): SignedHead | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const later = epochOfHead(log, a) - epochOfHead(log, b) || a.size - b.size
  return later >= 0 ? a : b
}

const epochOfHead = (log: SignedLog, head: SignedHead): number => epochOf(log.origin, head.origin) ?? 0

async function describe(db: Queryable, tenant: string, log: SignedLog, head: LogHead): Promise<LogEpoch> {
  const leaf = await readEpochLeaf(db, tenant, head.firstSequence)
  const [row] = await db.query<{ note: string }>('select note from checkpoints where tenant_id = $1 and size = $2', [
    tenant,
    head.size,
  ])
  return {
    epoch: head.epoch,
    origin: epochOrigin(log.origin, head.epoch),
    firstLeafIndex: head.firstSequence - 1,
    previousCheckpoint: leaf?.previousCheckpoint ?? '',
    checkpoint: row?.note ?? '',
  }
}
