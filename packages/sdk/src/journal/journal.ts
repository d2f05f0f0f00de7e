import type { JournalResult, SyncRequest, SyncResults } from '@pisto/contract'
import { PistoUsageError } from '../errors.ts'
import type { Clock } from '../options.ts'
import { randomUuid, systemClock, systemRandom } from '../runtime.ts'
import { attest } from './attest.ts'
import type { DeviceSigner } from './device-key.ts'
import {
  type Choice,
  type Declaration,
  type JournalEntry,
  type JournalState,
  type NewOperation,
  stateOf,
} from './entry.ts'
import { bytesOf, MOST_ENTRY_BYTES, pagesOf, sendable } from './pages.ts'
import type { JournalStorage } from './storage.ts'

export { createDeviceKey, type DeviceKeyPair, type DeviceSigner, deviceSigner } from './device-key.ts'
export {
  type Choice,
  coarsePlace,
  type Declaration,
  type JournalEntry,
  type JournalState,
  type NewOperation,
  stateOf,
} from './entry.ts'
export { type BrowserStorage, indexedDbStorage } from './indexed-db.ts'
export type { JournalStorage } from './storage.ts'

export interface JournalOptions {
  readonly storage: JournalStorage
  /** `agd_…`: what `pisto.agents.addDevice` answered. */
  readonly deviceId: string
  /** Signs what the agent declares. */
  readonly signer: DeviceSigner
  /** Default: the device's. */
  readonly clock?: Pick<Clock, 'now'>
  /** Default: WebCrypto. */
  readonly random?: (byteCount: number) => Uint8Array
}

/** What sends a page: `new Pisto(…)` does. */
export interface JournalClient {
  readonly sync: { send(page: SyncRequest): Promise<SyncResults> }
}

/** How many entries are in each state. */
export type JournalCounts = Readonly<Record<JournalState, number>>

/**
 * What an agent does without a signal: written down durably, shown as waiting, sent in order when there is a signal,
 * each once. The process may be killed at any moment.
 *
 * @example
 * const journal = new Journal({ storage: indexedDbStorage('field'), deviceId, signer })
 * const { subject } = await journal.add({ kind: 'createMerchant', body: form, attest: declaration })
 * await journal.add({ kind: 'submitMerchant', subject })
 * addEventListener('online', () => journal.send(pisto))
 */
export class Journal {
  readonly #options: JournalOptions

  constructor(options: JournalOptions) {
    this.#options = options
  }

  /**
   * Writes an operation down. It is there for good when this resolves, whatever happens to the process.
   *
   * @returns What was written; `subject` is what later operations about the same person are written with.
   * @throws {PistoUsageError} there is too much in it, or nothing that JSON can say
   */
  add(operation: NewOperation): Promise<JournalEntry> {
    const { subject = this.#uuid(), kind } = operation
    return this.#write({
      kind,
      subject,
      body: 'body' in operation ? { ...operation.body } : {},
      ...('base' in operation && operation.base && { base: { ...operation.base } }),
      declaration: 'attest' in operation ? operation.attest : undefined,
    })
  }

  /**
   * Writes down what the agent chose in a conflict.
   *
   * @param of The id of the entry in conflict.
   * @throws {PistoUsageError} there is no such conflict, or it does not leave this choice
   */
  async resolve(of: string, { choice, mine, attest: declaration }: Choice): Promise<JournalEntry> {
    const entry = (await this.entries()).find(({ id }) => id === of)
    if (entry === undefined || stateOf(entry) !== 'conflict') throw new PistoUsageError(`${of} is in no conflict`)
    const { choices = [] } = entry.result?.conflict ?? {}
    if (!choices.includes(choice)) throw new PistoUsageError(`this conflict leaves ${choices.join(', ')}`)
    const body = { of, choice, ...(choice === 'useMine' && { mine: mine ?? entry.body }) }
    return this.#write({ kind: 'resolveConflict', subject: entry.subject, body, declaration })
  }

  /** All entries, in order. */
  entries(): Promise<readonly JournalEntry[]> {
    return this.#options.storage.read()
  }

  async counts(): Promise<JournalCounts> {
    const counts = { waiting: 0, done: 0, conflict: 0, settled: 0, refused: 0 }
    for (const entry of await this.entries()) counts[stateOf(entry)]++
    return counts
  }

  /**
   * Sends what waits, page by page in order, as long as something is decided. May be called at any time and by several
   * tabs: one sends. What was sent and not answered is sent again, and has its effect once.
   *
   * @throws {PistoError} there is no signal, or the server does not take it: everything stays in the journal
   */
  send(client: JournalClient): Promise<JournalCounts> {
    const { storage, deviceId } = this.#options
    return storage.alone('send', async () => {
      for (let decided = 1; decided > 0; ) {
        decided = 0
        for (const operations of pagesOf(sendable(await storage.read()))) {
          const { results } = await client.sync.send({ deviceId, operations })
          decided += await this.#note(results)
        }
      }
      return this.counts()
    })
  }

  /** Forgets what was filled in of an entry that is refused or in conflict: it is shown, and not needed any more. */
  forget(id: string): Promise<void> {
    const { storage } = this.#options
    return storage.alone('write', async () => {
      const entry = (await storage.read()).find((each) => each.id === id)
      if (entry !== undefined && stateOf(entry) !== 'waiting') await storage.write([stripped(entry)])
    })
  }

  async #write({
    declaration,
    ...operation
  }: Pick<JournalEntry, 'kind' | 'subject' | 'body' | 'base'> & {
    readonly declaration: Declaration | undefined
  }): Promise<JournalEntry> {
    const { storage, signer, deviceId, clock = systemClock } = this.#options
    const written = plain(operation)
    return storage.alone('write', async () => {
      const draft = {
        ...written,
        sequence: (await storage.last()) + 1,
        id: this.#uuid(),
        previous: written.kind === 'resolveConflict' ? null : await this.#previous(written.subject),
        clientTime: new Date(clock.now()).toISOString(),
        ...{ result: null, settledBy: null },
      }
      const attestation = declaration && (await attest(signer, deviceId, draft, declaration))
      const entry: JournalEntry = attestation === undefined ? draft : { ...draft, attestation }
      await storage.write([entry])
      return entry
    })
  }

  /** What was refused holds nothing up: it was not done. */
  async #previous(subject: string): Promise<string | null> {
    const before = (await this.#options.storage.about(subject)).filter(
      (entry) => entry.kind !== 'resolveConflict' && stateOf(entry) !== 'refused',
    )
    return before.at(-1)?.id ?? null
  }

  /** @returns How many were decided. */
  #note(results: readonly JournalResult[]): Promise<number> {
    const { storage } = this.#options
    const known = new Map(results.map((result) => [result.id, result]))
    return storage.alone('write', async () => {
      const entries = await storage.read()
      const changed = new Map<string, JournalEntry>()
      let decided = 0
      for (const entry of entries) {
        const result = known.get(entry.id)
        if (result === undefined || stateOf(entry) !== 'waiting') continue
        if (result.outcome !== 'waiting') decided++
        changed.set(entry.id, result.outcome === 'done' ? stripped({ ...entry, result }) : { ...entry, result })
        if (entry.kind !== 'resolveConflict' || result.outcome !== 'done') continue
        const conflict = entries.find(({ id }) => id === entry.body['of'])
        if (conflict) changed.set(conflict.id, stripped({ ...conflict, settledBy: entry.id }))
      }
      await storage.write([...changed.values()])
      return decided
    })
  }

  #uuid(): string {
    return randomUuid(this.#options.random ?? systemRandom)
  }
}

/** Without what was filled in. */
const stripped = ({ base: _, attestation: _signed, ...entry }: JournalEntry): JournalEntry => ({ ...entry, body: {} })

/** As it goes over the wire: what storages and JSON would tell apart is told apart now. */
function plain<T>(operation: T): T {
  let text: string | undefined
  try {
    text = JSON.stringify(operation)
  } catch (cause) {
    throw new PistoUsageError('an operation is what JSON can say', { cause })
  }
  if (bytesOf(operation) > MOST_ENTRY_BYTES) throw new PistoUsageError(`at most ${MOST_ENTRY_BYTES} bytes an operation`)
  return JSON.parse(text) as T
}
