/** A head that a log's key has signed. */
export interface SignedHead {
  /** With the epoch's suffix: first line of the note. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** The signed checkpoint itself. */
  readonly note: string
}

/** Whose memory it is: a log is its name and its key. */
export interface SignedLog {
  /** Of the log's first epoch. */
  readonly origin: string
  readonly publicKey: Uint8Array
}

/** What was remembered, when it was looked up. */
export interface Recalled {
  /** Undefined: nothing was ever signed, as far as this memory knows. */
  readonly head: SignedHead | undefined
  /** Grows with each `remember`. */
  readonly version: number
}

/**
 * What a signer last signed, kept where no restore of the database takes it back. It is what keeps a log from being
 * signed a second time in another way: after a restore, a failover to a copy that lags, or a hand in the tables.
 *
 * Processes that sign the same log share one memory, or each keeps its own and then knows what it has signed or seen.
 */
export interface SignerMemory {
  recall(log: SignedLog): Promise<Recalled>
  /**
   * Resolves when the head would survive a loss of power: only then its note may leave.
   * @returns false: other processes have remembered something since `recalled`, which counts; recall again.
   */
  remember(log: SignedLog, head: SignedHead, recalled: Recalled): Promise<boolean>
}

/** Remembers as long as the process lives: for books that do not live longer. */
export function processMemory(): SignerMemory {
  const known = new Map<string, Recalled>()
  const nameOf = ({ origin, publicKey }: SignedLog): string => `${origin} ${publicKey.join()}`
  const recall = (log: SignedLog): Recalled => known.get(nameOf(log)) ?? { head: undefined, version: 0 }
  return {
    recall: async (log) => recall(log),
    async remember(log, head, { version }) {
      if (recall(log).version !== version) return false
      known.set(nameOf(log), { head, version: version + 1 })
      return true
    },
  }
}
