import type { Database } from './database/database.ts'
import type { LimitsView } from './limits/read.ts'
import type { LogEpoch } from './log-epochs.ts'
import type { AccountStatus, Amount, Decided, LedgerRequest, Plan, PlanContext, Side, TransferKind } from './model.ts'
import type { LedgerObserver } from './observer.ts'
import type { AccountFilter } from './reads/list-accounts.ts'
import type { EntryFilter } from './reads/list-entries.ts'
import type { TransactionFilter } from './reads/list-transactions.ts'
import type { BooksReports } from './reads/reports.ts'
import type { Clock, IdSource } from './runtime.ts'
import type { SignerMemory } from './signer-memory.ts'
import type { LogMoment } from './signing-refused.ts'

/** Signs one tenant's checkpoints. `name` is the log's origin. */
export interface CheckpointSigner {
  readonly name: string
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export interface LedgerOptions {
  readonly db: Database
  readonly clock: Clock
  readonly ids: IdSource
  /** The signer of a tenant's checkpoints; undefined: that tenant's log is not signed here. */
  readonly signer: (tenantId: string) => Promise<CheckpointSigner | undefined>
  /**
   * What was last signed, outside the database. Default: only for the life of this process, which is enough for books
   * that do not live longer, and for a ledger that signs nothing.
   */
  readonly signerMemory?: SignerMemory
  /** Told when a tenant's log begins to be unsigned, and why (`SigningRefused`); undefined when that is over. */
  readonly onSigningFailure?: (tenantId: string, failure: Error | undefined) => void
  readonly observer?: LedgerObserver | undefined
  /** Callers that may wait per tenant before `LedgerOverloaded`. Default 10 000. */
  readonly queueLimit?: number
  /** Transactions in one batch at the most. Default 1 000. */
  readonly batchLimit?: number
  /** Callers of half of whom a batch is made, so that the next one is decided while it is written. Default 64. */
  readonly divideFrom?: number
}

export interface AccountView {
  readonly accountId: string
  readonly purpose: string
  readonly ownerId: string | null
  readonly currency: string
  readonly normalSide: Side
  readonly status: AccountStatus
  /** Signed decimal strings, positive on the normal side. */
  readonly posted: Amount
  readonly pending: Amount
  readonly available: Amount
  /** Newest entry's sequence; 0 for none. */
  readonly asOfSequence: number
  readonly openedAt: Date
}

export interface EntryView {
  readonly transactionId: string
  readonly sequence: number
  readonly index: number
  readonly kind: TransferKind
  readonly direction: Side
  readonly amount: Amount
  readonly balanceAfter: Amount
  readonly availableAfter: Amount
  readonly purpose: string
  readonly time: Date
}

export interface TransferView {
  readonly kind: TransferKind
  readonly debit: string
  readonly credit: string
  readonly amount: Amount
  readonly holdId: string | null
}

export interface EventView {
  /** `evt_…`, derived from the transaction and the index */
  readonly id: string
  readonly type: string
  readonly objectId: string
  readonly status: string
  readonly sequence: number
  readonly index: number
  readonly time: Date
}

export interface TransactionView {
  readonly transactionId: string
  readonly sequence: number
  readonly purpose: string
  readonly references: Readonly<Record<string, string>>
  readonly transfers: readonly TransferView[]
  readonly events: readonly EventView[]
  readonly time: Date
}

/** A page; `nextCursor` is opaque and null on the last. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly nextCursor: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly after?: string | undefined
}

/** Base64 throughout, as the wire has it. */
export interface LogProof {
  readonly transactionId: string
  readonly sequence: number
  readonly leafIndex: number
  readonly leaf: string
  readonly leafHash: string
  readonly treeSize: number
  readonly path: readonly string[]
  readonly checkpoint: string
}

/** How far a log is signed. */
export interface LogState extends LogMoment {
  /** From 1. */
  readonly epoch: number
  /** Of the newest checkpoint that is stored; 0 for none. */
  readonly storedSize: number
  /** What the signer remembers; undefined: nothing. */
  readonly signed: LogMoment | undefined
  /** Why the newest head is not signed; undefined: it is. */
  readonly failure: Error | undefined
}

export interface TenantLog {
  /**
   * The newest signed checkpoint as a note; undefined while there is none. Signs one first if there is news; a log
   * that cannot be signed now (`failureOf`) gives what was signed before.
   * @param epoch The newest of that epoch; left out: of all.
   */
  checkpoint(tenantId: string, epoch?: number): Promise<string | undefined>
  /** Undefined: no such transaction, or no checkpoint that covers it. */
  inclusionProof(tenantId: string, transactionId: string): Promise<LogProof | undefined>
  consistencyProof(
    tenantId: string,
    fromSize: number,
  ): Promise<{ fromSize: number; toSize: number; path: readonly string[]; checkpoint: string } | undefined>
  /** `path` as in C2SP tlog-tiles after `tile/`; undefined: not (yet) there. @param epoch As for `checkpoint`. */
  tile(tenantId: string, path: string, epoch?: number): Promise<Uint8Array | undefined>
  /** Leaves oldest first: `after` is a sequence. */
  leaves(tenantId: string, page: { limit: number; after: number }): Promise<{ sequence: number; leaf: string }[]>
  /** Signs if there is news, and tells how far it is; undefined: no key signs this log here. */
  state(tenantId: string): Promise<LogState | undefined>
  /** Why the newest head was not signed when it was last tried; undefined: it was. */
  failureOf(tenantId: string): Error | undefined
  /**
   * Goes on under a new origin after the database was restored from an older backup; see docs/decisions/0005-log-epochs.md.
   * @param lastKnown A checkpoint that somebody kept, where it is newer than what the signer remembers.
   * @throws {EpochNotNeeded} the database has all that was signed
   * @throws {SigningRefused} the epoch was begun elsewhere and does not name what was signed here
   * @throws {LogNotSigned} there is no key here
   */
  beginEpoch(tenantId: string, lastKnown?: string): Promise<LogEpoch>
}

/**
 * The ledger of many tenants over one database.
 *
 * @example
 * const { answer } = await ledger.decide(request, () => ({
 *   purpose: 'payment.completed',
 *   transfers: [{ kind: 'posted', debit: payer, credit: payee, amount: { amount: '30.10', currency: 'GTQ' } }],
 *   answer: ({ sequence }) => ({ sequence }),
 * }))
 */
export interface Ledger {
  /** Creates a tenant's empty books; again with the same values: nothing. @param books.origin First line of its checkpoints. */
  openBooks(books: { tenantId: string; origin: string; timeZone: string }): Promise<void>

  /**
   * Decides a request once: the plan happens wholly, with its companions, or is refused; a repetition of the key
   * gives the first outcome. Resolves only after the commit.
   * @throws {KeyReused} the key was used with another body
   * @throws {LedgerOverloaded} `503`, nothing happened
   * @throws {ClockBehind} `503`, nothing happened
   * @throws whatever the plan threw that is not `Refused` (after the key was looked up): nothing is stored
   */
  decide<Answer>(
    request: LedgerRequest,
    plan: (context: PlanContext) => Plan<Answer> | Promise<Plan<Answer>>,
  ): Promise<Decided<Answer>>

  /**
   * Decides a plan as `decide` would at this moment and changes nothing: no key, no sequence, no event.
   * @throws {LedgerOverloaded} the ledger is stopping
   * @throws {ClockBehind}
   */
  dryRun<Answer>(
    tenantId: string,
    plan: (context: PlanContext) => Plan<Answer> | Promise<Plan<Answer>>,
  ): Promise<Decided<Answer>>

  /** Removes decisions of keys that were used more than 45 days before. @returns How many. */
  forgetDecisions(tenantId: string): Promise<number>

  /** @param asOf A sequence: the balances after it. */
  findAccount(tenantId: string, accountId: string, asOf?: number): Promise<AccountView | undefined>
  /** Newest first. */
  listAccounts(tenantId: string, page: PageRequest & AccountFilter): Promise<Page<AccountView>>
  /** Newest first. A page may have fewer than its limit, even none, while there are more. */
  listEntries(tenantId: string, accountId: string, page: PageRequest & EntryFilter): Promise<Page<EntryView>>
  /** Limits that the account counts against and what is used of them today; undefined: no such account. */
  findAccountLimits(tenantId: string, accountId: string): Promise<LimitsView[] | undefined>
  findTransaction(tenantId: string, transactionId: string): Promise<TransactionView | undefined>
  /** Newest first. A page may have fewer than its limit, even none, while there are more. */
  listTransactions(tenantId: string, page: PageRequest & TransactionFilter): Promise<Page<TransactionView>>
  /** Oldest first, after (sequence, index). */
  listEvents(
    tenantId: string,
    after: { sequence: number; index: number },
    options: { limit: number; types?: readonly string[] | undefined },
  ): Promise<EventView[]>
  /** Sequence of the newest transaction that this database has; 0 for none. */
  headSequence(tenantId: string): Promise<number>
  /** Callers of all tenants that wait for a decision of this process. */
  waitingCount(): number
  /** Calls back after each commit of this process. Returns how to stop. */
  onCommit(listener: (tenantId: string) => void): () => void

  readonly log: TenantLog
  readonly reports: BooksReports
  /** Waits for what was accepted, refuses what comes after, signs a last checkpoint. */
  stop(): Promise<void>
}
