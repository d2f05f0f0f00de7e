import { consistencyProof, epochOf, ProofRejected, signCheckpoint, verifyConsistency } from '@pisto/proof'
import { ConnectionLost, type Database, type Queryable } from './database/database.ts'
import { sha256 } from './leaf.ts'
import type { CheckpointSigner } from './ledger.ts'
import { LogIncomplete, logHashes } from './log-hashes.ts'
import { type LogHead, type NamedHead, readHead } from './log-head.ts'
import { storeFullTiles } from './log-tiles.ts'
import type { SignedHead, SignedLog, SignerMemory } from './signer-memory.ts'
import { type Contradiction, SigningRefused } from './signing-refused.ts'
import { toUuid } from './type-id.ts'

export interface LogSignerDeps {
  readonly db: Database
  /** The signer of a tenant's checkpoints; its name is the log's origin. Undefined: not signed here. */
  readonly signer: (tenantId: string) => Promise<CheckpointSigner | undefined>
  readonly memory: SignerMemory
  /** Told when a log begins to be unsigned, why, and undefined when that is over. */
  readonly onFailure: (tenantId: string, failure: Error | undefined) => void
}

/** Heads that were signed elsewhere while this process was about to: after so many it gives up. */
const ATTEMPTS = 20

/**
 * Signs what is committed, and only what continues what was signed before. The order is: check against the memory,
 * sign, remember outside the database, store; what is stored may be served. Any process may do it at any time.
 */
export class LogSigner {
  readonly #deps: LogSignerDeps
  /** Heads that are signed, remembered and stored: nothing is left to do for them. */
  readonly #done = new Map<string, SignedHead>()
  readonly #running = new Map<string, Promise<SignedHead | undefined>>()
  readonly #next = new Map<string, Promise<SignedHead | undefined>>()
  readonly #failures = new Map<string, Error>()

  constructor(deps: LogSignerDeps) {
    this.#deps = deps
  }

  /** Why the newest head of a log was not signed, when it was last tried. */
  failureOf(tenantId: string): Error | undefined {
    return this.#failures.get(tenantId)
  }

  /**
   * Signs the newest committed head, if there is news, and stores the tiles that it fills. Callers who come while one
   * is signed share the next, which has what they committed.
   * @returns The newest head as it was signed; undefined: there is nothing to sign, or no key here.
   * @throws {SigningRefused} the database contradicts what was signed
   * @throws what the database, the key or the memory throws
   */
  async publish(tenantId: string): Promise<SignedHead | undefined> {
    const running = this.#running.get(tenantId)
    if (running === undefined) return this.#run(tenantId)
    const next = this.#next.get(tenantId) ?? running.catch(() => undefined).then(() => this.#run(tenantId))
    this.#next.set(tenantId, next)
    return next
  }

  /** Makes the memory's next head of this one, checked by whoever calls, signs and stores it. */
  async sign(tenantId: string, head: LogHead, signer: CheckpointSigner, memoryMoves: MoveMemory): Promise<boolean> {
    const { origin, size, root } = head
    const own = { keyId: '', ...signer, sign: async (message: Uint8Array) => signer.sign(message) }
    const signed = { origin, size, root, note: await signCheckpoint({ origin, size, root }, own) }
    if (!(await memoryMoves(signed))) return false
    await this.#store(tenantId, head, signed)
    return true
  }

  #run(tenantId: string): Promise<SignedHead | undefined> {
    this.#next.delete(tenantId)
    const run = this.#publish(tenantId).then(
      (signed) => {
        this.#tell(tenantId, undefined)
        return signed
      },
      (error: Error) => {
        if (!(error instanceof ConnectionLost)) this.#tell(tenantId, error) // says nothing of the log, and is told elsewhere
        throw error
      },
    )
    this.#running.set(tenantId, run)
    const over = (): void => void (this.#running.get(tenantId) === run && this.#running.delete(tenantId))
    run.then(over, over)
    return run
  }

  #tell(tenantId: string, failure: Error | undefined): void {
    const before = this.#failures.get(tenantId)
    if (failure === undefined) this.#failures.delete(tenantId)
    else this.#failures.set(tenantId, failure)
    if (before?.message !== failure?.message) this.#deps.onFailure(tenantId, failure)
  }

  async #publish(tenantId: string): Promise<SignedHead | undefined> {
    const { db, memory } = this.#deps
    const signer = await this.#deps.signer(tenantId)
    if (signer === undefined) return undefined
    const log: SignedLog = { origin: signer.name, publicKey: signer.publicKey }
    const tenant = toUuid(tenantId, 'ten')
    const done = this.#doneAs(tenantId, await readHead(db, tenant, log.origin))
    if (done !== undefined) return done
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const recalled = await memory.recall(log)
      const head = await readHead(db, tenant, log.origin) // after the memory: it has all that was signed until then
      await storeFullTiles(db, tenant, head.size)
      const reason = await findContradiction(db, tenantId, log, recalled.head, head)
      if (reason !== undefined && recalled.head !== undefined) {
        if ((await memory.recall(log)).version !== recalled.version) continue // another process went on meanwhile
        throw new SigningRefused(reason, tenantId, recalled.head, head)
      }
      if (head.size === 0) return undefined
      if (recalled.head?.size === head.size) return this.#store(tenantId, head, recalled.head)
      if (await this.sign(tenantId, head, signer, (signed) => memory.remember(log, signed, recalled))) {
        return this.#done.get(tenantId)
      }
    }
    throw new Error(`the memory of the log of ${tenantId} moves too fast`)
  }

  #doneAs(tenantId: string, { origin, size, root, storedSize }: LogHead): SignedHead | undefined {
    const done = this.#done.get(tenantId)
    const isSame = done?.origin === origin && done.size === size && storedSize === size && sameBytes(done.root, root)
    return isSame ? done : undefined
  }

  async #store(tenantId: string, head: LogHead, signed: SignedHead): Promise<SignedHead> {
    const { size, root, note } = signed
    if (head.storedSize !== size) {
      await this.#deps.db.query(
        `insert into checkpoints (tenant_id, size, root, note) values ($1, $2, $3, $4)
         on conflict (tenant_id, size) do nothing`,
        [toUuid(tenantId, 'ten'), size, root, note],
      )
    }
    this.#done.set(tenantId, signed)
    return signed
  }
}

/** @returns false: the memory has moved since it was recalled. */
export type MoveMemory = (signed: SignedHead) => Promise<boolean>

/** How a head contradicts what was signed; undefined: it continues it. */
export async function findContradiction(
  db: Queryable,
  tenantId: string,
  { origin }: SignedLog,
  signed: SignedHead | undefined,
  head: LogHead,
): Promise<Contradiction | undefined> {
  if (signed === undefined) return undefined
  if (epochOf(origin, signed.origin) !== head.epoch) return 'epoch'
  if (head.size < signed.size) return 'smaller'
  return (await isPrefix(db, tenantId, signed, head)) ? undefined : 'inconsistent'
}

async function isPrefix(db: Queryable, tenantId: string, signed: NamedHead, head: NamedHead): Promise<boolean> {
  const hashes = logHashes(db, toUuid(tenantId, 'ten'), head.size)
  try {
    const path = await consistencyProof(hashes, signed.size, head.size, sha256)
    const sizes = { oldSize: signed.size, newSize: head.size }
    verifyConsistency({ ...sizes, oldRoot: signed.root, newRoot: head.root, path }, sha256)
    return true
  } catch (error) {
    if (error instanceof ProofRejected || error instanceof LogIncomplete) return false
    throw error
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])
