import { epochOf, epochOrigin, openCheckpoint, parseCheckpoint, parseNote } from '@pisto/proof'
import type { Queryable } from './database/database.ts'
import type { Leaf } from './leaf.ts'
import { EPOCH_BEGUN } from './log-epochs.ts'
import type { BooksFinding } from './verify.ts'

interface EpochRow {
  readonly epoch: number
  readonly firstSequence: number
}

export interface EpochKeys {
  /** Of the log's first epoch. */
  readonly origin: string
  /** Undefined: signatures are not checked. */
  readonly publicKeys: readonly Uint8Array[] | undefined
}

/** Holds the rows of epochs against the leaves that begin them, and knows under which name each size was signed. */
export class EpochCheck {
  readonly #rows: readonly EpochRow[]
  readonly #keys: EpochKeys
  readonly #tell: (finding: BooksFinding) => void

  private constructor(rows: readonly EpochRow[], keys: EpochKeys, tell: (finding: BooksFinding) => void) {
    this.#rows = rows
    this.#keys = keys
    this.#tell = tell
  }

  static async open(
    db: Queryable,
    tenant: string,
    keys: EpochKeys,
    tell: (finding: BooksFinding) => void,
  ): Promise<EpochCheck> {
    const rows = await db.query<{ epoch: number; first_sequence: bigint }>(
      'select epoch, first_sequence from log_epochs where tenant_id = $1 order by first_sequence, epoch',
      [tenant],
    )
    const epochs = rows.map(({ epoch, first_sequence }) => ({ epoch, firstSequence: Number(first_sequence) }))
    return new EpochCheck(epochs, keys, tell)
  }

  /** The name under which a tree of that size was signed. */
  originAt(size: number): string {
    const row = this.#rows.findLast(({ firstSequence }) => firstSequence <= size)
    return epochOrigin(this.#keys.origin, row?.epoch ?? 1)
  }

  /** @param leaf Undefined: it cannot be read. */
  async pass(sequence: number, leaf: Leaf | undefined): Promise<void> {
    const at = this.#rows.findIndex(({ firstSequence }) => firstSequence === sequence)
    const row = this.#rows[at]
    const isBeginning = leaf?.purpose === EPOCH_BEGUN
    if (row === undefined && isBeginning) this.#say(sequence, `an epoch begins that log_epochs does not have`)
    if (row === undefined) return
    if (!isBeginning) return this.#say(sequence, `epoch ${row.epoch} is said to begin at another leaf`)
    const { epoch, origin, previousCheckpoint = '' } = leaf.references
    if (row.epoch <= (this.#rows[at - 1]?.epoch ?? 1)) this.#say(sequence, `epoch ${row.epoch} follows no earlier one`)
    if (epoch !== String(row.epoch) || origin !== epochOrigin(this.#keys.origin, row.epoch)) {
      this.#say(sequence, `the leaf begins epoch ${epoch} of ${origin}, not ${row.epoch}`)
    }
    const why = await this.#wrongPrevious(previousCheckpoint, row.epoch)
    if (why !== undefined) this.#say(sequence, `epoch ${row.epoch} names no checkpoint of an earlier one: ${why}`)
  }

  /** Once all leaves have passed. */
  finish(size: number): void {
    for (const { epoch, firstSequence } of this.#rows) {
      if (firstSequence > size) this.#say(firstSequence, `epoch ${epoch} begins after the last leaf`)
    }
  }

  async #wrongPrevious(note: string, epoch: number): Promise<string | undefined> {
    try {
      const { origin } = parseCheckpoint(parseNote(note).text)
      const before = epochOf(this.#keys.origin, origin)
      if (before === undefined || before >= epoch) return `it is of ${origin}`
      if (this.#keys.publicKeys) await openCheckpoint(note, { origin, publicKeys: this.#keys.publicKeys })
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }

  #say(sequence: number, message: string): void {
    this.#tell({ table: 'log_epochs', leafIndex: sequence - 1, message })
  }
}
