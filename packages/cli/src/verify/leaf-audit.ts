import {
  type Checkpoint,
  canonicalJson,
  emptyRoot,
  epochNamed,
  epochOf,
  Frontier,
  leafHash,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
} from '@pisto/proof'
import { ExpectedBooks, readLeaf } from './expected-books.ts'
import type { Finding } from './findings.ts'

/** Whose leaves they are, and who may have signed them. */
export interface AuditedLog {
  readonly tenantId: string
  /** Of the log's first epoch. */
  readonly origin: string
  readonly publicKeys: readonly Uint8Array[]
}

/** Findings kept; the first explains the rest. */
const MOST_FINDINGS = 1000
const EPOCH_BEGUN = 'log.epochBegun'

/**
 * The check of a log that needs nothing but its leaves and its signed checkpoint: whatever they were read from. Leaves
 * come in order; memory grows with accounts and open holds, not with leaves.
 *
 * - each leaf is canonical JSON, at its place, of the tenant, not earlier than the one before;
 * - no guarded account is below zero, holds are resolved once and in time, debits and credits are equal;
 * - the tree over all of them is the one that was signed, under the name of its epoch.
 */
export class LeafAudit {
  readonly books: ExpectedBooks
  readonly #log: AuditedLog
  readonly #frontier = Frontier.empty()
  readonly #findings: Finding[] = []
  /** Checkpoints that epochs' first leaves name. */
  readonly #named: { readonly leafIndex: number; readonly note: string }[] = []
  #time = ''
  #origin: string

  constructor(log: AuditedLog, books: ExpectedBooks = new ExpectedBooks()) {
    this.#log = log
    this.#origin = log.origin
    this.books = books
  }

  /** Leaves so far. */
  get size(): number {
    return this.#frontier.size
  }

  /** Root over them. */
  get root(): Uint8Array {
    return this.size === 0 ? emptyRoot() : this.#frontier.root()
  }

  /** Lowest leaf index first. */
  get findings(): readonly Finding[] {
    return this.#findings.toSorted((a, b) => a.leafIndex - b.leafIndex)
  }

  tell(where: string, leafIndex: number, message: string): void {
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push({ where, leafIndex, message })
  }

  /** @returns The leaf's hash. */
  append(text: string): Uint8Array {
    const leafIndex = this.size
    const hash = leafHash(new TextEncoder().encode(text))
    this.#frontier.append(hash)
    for (const message of this.#check(text, leafIndex)) this.tell('log', leafIndex, message)
    return hash
  }

  /**
   * Once all leaves are in.
   * @param note The checkpoint that must be theirs; undefined: there is none yet.
   * @param locate Finds the first leaf that is not the one signed, when the root is another.
   */
  async finish(note: string | undefined, locate?: (checkpoint: Checkpoint) => Promise<number>): Promise<void> {
    for (const [currency, sum] of this.books.sums()) {
      if (sum !== 0n) this.tell('log', 0, `debits and credits of ${currency} differ by ${sum}`)
    }
    for (const { leafIndex, note: named } of this.#named) await this.#open(named, leafIndex)
    if (note === undefined) return
    const checkpoint = await this.#open(note, Math.max(this.size - 1, 0))
    if (checkpoint === undefined) return
    const { origin, size, root } = checkpoint
    if (origin !== this.#origin) this.tell('checkpoint', size - 1, `it is of ${origin}; the leaves say ${this.#origin}`)
    if (size !== this.size) {
      this.tell('checkpoint', Math.min(size, this.size), `${size} leaves were signed, there are ${this.size}`)
    } else if (!Buffer.from(root).equals(this.root)) {
      const leafIndex = (await locate?.(checkpoint)) ?? 0
      this.tell('checkpoint', leafIndex, 'the leaves are not those that were signed')
    }
  }

  async #open(note: string, leafIndex: number): Promise<Checkpoint | undefined> {
    const { origin, publicKeys } = this.#log
    try {
      return await openCheckpoint(note, { origin: epochNamed(note, origin), publicKeys })
    } catch (error) {
      this.tell('checkpoint', leafIndex, `it is not genuine: ${(error as Error).message}`)
      return undefined
    }
  }

  #check(text: string, leafIndex: number): string[] {
    try {
      const leaf = readLeaf(text)
      const isOther = leaf.tenant !== this.#log.tenantId || leaf.sequence !== leafIndex + 1
      const isEarlier = leaf.time < this.#time
      this.#time = leaf.time
      return [
        ...(isOther ? ['the leaf is of another place or tenant'] : []),
        ...(isEarlier ? ['the leaf is earlier than the one before'] : []),
        ...(canonicalJson(JSON.parse(text)) === text ? [] : ['the leaf is not canonical JSON']),
        ...(leaf.purpose === EPOCH_BEGUN ? this.#beginEpoch(leaf.references) : []),
        ...this.books.apply(leaf),
      ]
    } catch (error) {
      return [`the leaf cannot be read: ${(error as Error).message}`]
    }
  }

  /** The name changes here, and the leaf has the last checkpoint under an earlier one. */
  #beginEpoch({ origin = '', previousCheckpoint = '' }: Readonly<Record<string, string>>): string[] {
    const before = epochOf(this.#log.origin, this.#origin) ?? 1
    const begun = epochOf(this.#log.origin, origin) ?? 0
    const named = epochOf(this.#log.origin, parseCheckpoint(parseNote(previousCheckpoint).text).origin) ?? 0
    this.#origin = origin
    this.#named.push({ leafIndex: this.size - 1, note: previousCheckpoint })
    return begun > before && named > 0 && named < begun ? [] : [`epoch ${origin} does not follow the one before`]
  }
}
