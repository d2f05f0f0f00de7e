import {
  encodeBase64,
  Frontier,
  HASH_LENGTH,
  MalformedProof,
  openCheckpoint,
  ProofRejected,
  TILE_WIDTH,
} from '@pisto/proof'
import { hex, type Queryable } from './database/database.ts'
import { sha256 } from './leaf.ts'
import type { BooksFinding } from './verify.ts'
import type { EpochCheck } from './verify-epochs.ts'

interface BatchRow {
  readonly number: bigint
  readonly first: bigint
  readonly last: bigint
  readonly time: Date
  readonly frontier: Uint8Array
}

interface CheckpointRow {
  readonly size: bigint
  readonly root: Uint8Array
  readonly note: string
}

const PAGE = 1_000

/**
 * Holds batch rows, tiles and checkpoints against a tree that grows leaf by leaf. The first contradiction of the tree
 * is told; those that only follow from it are not.
 */
export class LogCheck {
  readonly #db: Queryable
  readonly #tenant: string
  readonly #options: LogCheckOptions
  readonly #frontier = Frontier.empty(sha256)
  readonly #tiles: Uint8Array[][] = []
  #batches: BatchRow[] = []
  #checkpoints: CheckpointRow[] = []
  #lastBatch: BatchRow | undefined
  #lastCheckpointSize = 0n
  #isTreeBroken = false
  checkpointCount = 0

  constructor(db: Queryable, tenant: string, options: LogCheckOptions) {
    this.#db = db
    this.#tenant = tenant
    this.#options = options
  }

  get size(): number {
    return this.#frontier.size
  }

  get root(): string {
    return hex(this.#frontier.root())
  }

  async append(hash: Uint8Array): Promise<void> {
    const full: [number, number][] = []
    this.#frontier.append(hash, (level, index, tileHash) => {
      const hashes = this.#tiles[level] ?? []
      this.#tiles[level] = hashes
      hashes.push(tileHash)
      if (hashes.length === TILE_WIDTH) full.push([level, Math.floor(index / TILE_WIDTH)])
    })
    for (const [level, index] of full) {
      await this.#compareTile(level, index, this.#tiles[level] ?? [])
      this.#tiles[level] = []
    }
    await this.#passBatches()
    await this.#passCheckpoints()
  }

  /** Once all leaves are in. */
  async finish(): Promise<void> {
    await this.#passBatches()
    await this.#passCheckpoints()
    for (let row = await this.#nextBatch(); row; row = await this.#nextBatch()) {
      this.#tellBatch(row, `batch ${row.number} says that there are ${row.last} transactions; there are ${this.size}`)
      this.#lastBatch = this.#batches.shift()
    }
    const covered = Number(this.#lastBatch?.last ?? 0)
    if (covered < this.size) {
      this.#options.tell({
        table: 'batches',
        leafIndex: covered,
        message: `no batch covers leaves ${covered} to ${this.size - 1}`,
      })
    }
    for (let row = await this.#nextCheckpoint(); row; row = await this.#nextCheckpoint()) {
      this.#takeCheckpoint(row)
      if (Number(row.size) === this.size) await this.#compareCheckpoint(row)
      if (Number(row.size) <= this.size) continue // signed a moment ago
      this.#options.tell({
        table: 'checkpoints',
        leafIndex: this.size,
        message: `a checkpoint was signed for ${row.size} leaves; there are ${this.size}`,
      })
    }
  }

  async #passBatches(): Promise<void> {
    for (let row = await this.#nextBatch(); row && Number(row.last) <= this.size; row = await this.#nextBatch()) {
      const previous = this.#lastBatch
      if (row.number !== (previous?.number ?? 0n) + 1n)
        this.#tellBatch(row, `batch ${row.number} does not follow ${previous?.number ?? 0}`)
      if (row.first !== (previous?.last ?? 0n) + 1n || row.last < row.first - 1n) {
        this.#tellBatch(row, `batch ${row.number} covers sequences ${row.first} to ${row.last}`)
      }
      if (previous && row.time < previous.time)
        this.#tellBatch(row, `batch ${row.number} is earlier than the one before`)
      if (!this.#isTreeBroken && hex(row.frontier) !== hex(this.#frontier.encode())) {
        this.#isTreeBroken = true
        this.#tellBatch(
          row,
          `leaves ${row.first - 1n} to ${row.last - 1n} are not those that batch ${row.number} hashed`,
        )
      }
      this.#lastBatch = this.#batches.shift()
    }
  }

  async #passCheckpoints(): Promise<void> {
    for (
      let row = await this.#nextCheckpoint();
      row && Number(row.size) <= this.size;
      row = await this.#nextCheckpoint()
    ) {
      await this.#compareCheckpoint(row)
      this.#takeCheckpoint(row)
    }
  }

  async #compareCheckpoint({ size, root, note }: CheckpointRow): Promise<void> {
    const { epochs, publicKeys } = this.#options
    const origin = epochs.originAt(Number(size))
    const leafIndex = Number(size) - 1
    const own = this.#frontier.root()
    if (!this.#isTreeBroken && hex(root) !== hex(own)) {
      this.#isTreeBroken = true
      this.#options.tell({
        table: 'checkpoints',
        leafIndex,
        message: `the root of ${size} leaves is not the one that was signed`,
      })
    }
    const isNoted = note.split('\n', 3).join('\n') === `${origin}\n${size}\n${encodeBase64(new Uint8Array(root))}`
    if (!isNoted)
      this.#options.tell({ table: 'checkpoints', leafIndex, message: `the note of ${size} leaves says something else` })
    if (publicKeys === undefined) return
    try {
      await openCheckpoint(note, { origin, publicKeys })
    } catch (error) {
      if (!(error instanceof ProofRejected || error instanceof MalformedProof)) throw error
      this.#options.tell({ table: 'checkpoints', leafIndex, message: `checkpoint of ${size} leaves: ${error.message}` })
    }
  }

  async #compareTile(level: number, index: number, hashes: readonly Uint8Array[]): Promise<void> {
    const [row] = await this.#db.query<{ hashes: Uint8Array }>(
      'select hashes from tiles where tenant_id = $1 and level = $2 and tile_index = $3',
      [this.#tenant, level, index],
    )
    if (row === undefined) return // made with the next checkpoint
    for (const [at, hash] of hashes.entries()) {
      if (hex(hash) === hex(row.hashes.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH))) continue
      const leafIndex = (index * TILE_WIDTH + at) * TILE_WIDTH ** level
      this.#options.tell({ table: 'tiles', leafIndex, message: `tile ${level}/${index} has another hash at ${at}` })
      return
    }
  }

  #tellBatch(row: BatchRow, message: string): void {
    this.#options.tell({ table: 'batches', leafIndex: Math.max(Number(row.first) - 1, 0), message })
  }

  async #nextBatch(): Promise<BatchRow | undefined> {
    if (this.#batches.length === 0) {
      this.#batches = await this.#db.query<BatchRow>(
        `select batch_number as number, first_sequence as first, last_sequence as last, ledger_time as time, frontier
         from batches where tenant_id = $1 and batch_number > $2 order by batch_number limit ${PAGE}`,
        [this.#tenant, this.#lastBatch?.number ?? 0n],
      )
    }
    return this.#batches[0]
  }

  async #nextCheckpoint(): Promise<CheckpointRow | undefined> {
    if (this.#checkpoints.length === 0) {
      this.#checkpoints = await this.#db.query<CheckpointRow>(
        `select size, root, note from checkpoints
         where tenant_id = $1 and size > $2 order by size limit ${PAGE}`,
        [this.#tenant, this.#lastCheckpointSize],
      )
    }
    return this.#checkpoints[0]
  }

  #takeCheckpoint({ size }: CheckpointRow): void {
    this.#checkpoints.shift()
    this.#lastCheckpointSize = size
    this.checkpointCount++
  }
}

export interface LogCheckOptions {
  readonly tell: (finding: BooksFinding) => void
  readonly epochs: EpochCheck
  /** Undefined: signatures are not checked. */
  readonly publicKeys: readonly Uint8Array[] | undefined
}
