import { LRUCache } from 'lru-cache'
import { type Queryable, sqlArray } from './database/database.ts'
import type { LimitGroupState } from './limits/limit-group.ts'
import { readLimitGroups } from './limits/store.ts'
import type { AccountStatus } from './model.ts'
import type { NamedStates } from './named-states.ts'
import type { AccountState, Head, HoldState } from './state.ts'
import { toTypeId, toUuid } from './type-id.ts'

const CACHED_STATES = 100_000
/** More missed batches than these: everything is read anew. */
const MISSED_BATCHES = 200

const EMPTY_HEAD: Head = { batchNumber: 0n, lastSequence: 0, ledgerTime: new Date(0), frontier: new Uint8Array(8) }

/**
 * What one process knows of one tenant. The invariant: every cached state equals the state at `head`, the batch row
 * that the next batch builds on. A state read later than the head may be newer; then the batch that uses
 * it collides, and `catchUp` drops it, since the batch that made it newer names it.
 */
export class StateCache {
  readonly #tenant: string
  readonly #accounts = new LRUCache<string, AccountState>({ max: CACHED_STATES })
  readonly #holds = new LRUCache<string, HoldState>({ max: CACHED_STATES })
  readonly #limitGroups = new LRUCache<string, LimitGroupState>({ max: CACHED_STATES })
  #head: Head | undefined
  #expected: NewStates | undefined
  #timeZone: string | undefined

  constructor(tenantId: string) {
    this.#tenant = toUuid(tenantId, 'ten')
  }

  account(id: string): AccountState | undefined {
    return this.#expected?.accounts.get(id) ?? this.#accounts.get(id)
  }

  hold(id: string): HoldState | undefined {
    return this.#expected?.holds.get(id) ?? this.#holds.get(id)
  }

  limitGroup(id: string): LimitGroupState | undefined {
    return this.#expected?.limitGroups.get(id) ?? this.#limitGroups.get(id)
  }

  /** Where the tenant's days begin. Known once the head is. */
  get timeZone(): string {
    if (this.#timeZone === undefined) throw new Error('the head was not read yet')
    return this.#timeZone
  }

  /** After an error whose outcome is unknown nothing that is cached can be relied on. */
  forget(): void {
    this.#expected = undefined
    this.#head = undefined
    this.#accounts.clear()
    this.#holds.clear()
    this.#limitGroups.clear()
  }

  /** The head, read if it is not known; while a batch is being written, the one that it will be. */
  async head(db: Queryable): Promise<Head> {
    if (this.#expected) return this.#expected.head
    this.#timeZone ??= await this.#readTimeZone(db)
    this.#head ??= await this.#readHead(db)
    return this.#head
  }

  /** Whether another process has written since the head that is known: states read now may be newer than cached ones. */
  async isBehind(db: Queryable): Promise<boolean> {
    return (await this.#readHead(db)).batchNumber !== this.#head?.batchNumber
  }

  /** After a collision: drops exactly what the batches since changed, moves the head. States are read after it. */
  async catchUp(db: Queryable): Promise<Head> {
    const known = this.#head
    if (known === undefined) return this.head(db)
    const missed = await db.query<HeadRow & { changed: string[] }>(
      `select ${HEAD_COLUMNS}, changed from batches
       where tenant_id = $1 and batch_number > $2 order by batch_number limit ${MISSED_BATCHES + 1}`,
      [this.#tenant, known.batchNumber],
    )
    const newest = missed.at(-1)
    if (missed.length > MISSED_BATCHES) {
      this.forget()
      return this.head(db)
    }
    for (const uuid of missed.flatMap(({ changed }) => changed)) {
      this.#accounts.delete(toTypeId('acc', uuid))
      this.#holds.delete(toTypeId('hld', uuid))
      this.#limitGroups.delete(toTypeId('lgr', uuid))
    }
    if (newest) this.#head = toHead(newest)
    return this.#head ?? known
  }

  /** Reads the states that are not cached. */
  async load(db: Queryable, named: NamedStates): Promise<void> {
    const holds = await this.#readHolds(db, missing(named.holds, this.#holds))
    for (const hold of holds) this.#holds.set(hold.holdId, hold)
    const needed = new Set(named.accounts)
    for (const id of named.holds) {
      const hold = this.#holds.get(id)
      if (hold) needed.add(hold.debit).add(hold.credit)
    }
    for (const account of await this.#readAccounts(db, missing(needed, this.#accounts))) {
      this.#accounts.set(account.accountId, account)
    }
    const groups = new Set(named.limitGroups)
    for (const id of needed) for (const groupId of this.#accounts.get(id)?.limitGroupIds ?? []) groups.add(groupId)
    await this.#loadGroups(db, groups)
  }

  /** And those that have absorbed them. */
  async #loadGroups(db: Queryable, ids: Iterable<string>): Promise<void> {
    const named = [...ids]
    for (const group of await readLimitGroups(db, this.#tenant, missing(named, this.#limitGroups))) {
      this.#limitGroups.set(group.groupId, group)
    }
    const into = named.flatMap((id) => this.#limitGroups.get(id)?.mergedInto ?? [])
    if (into.length > 0) await this.#loadGroups(db, into)
  }

  /**
   * While a batch is being written, states are as it will leave them: the next batch is decided on them.
   * @throws {StaleHead} it was decided on another head
   */
  expect(states: NewStates & { readonly previous: Head }): void {
    if (this.#head === undefined || !isSameHead(states.previous, this.#head)) throw new StaleHead()
    this.#expected = states
  }

  /** Whether that batch is still being written. */
  isExpecting(states: NewStates): boolean {
    return this.#expected === states
  }

  /** It was not written: states are as before. */
  expectNothing(): void {
    this.#expected = undefined
  }

  /** After the commit: what was written is the new head. */
  advance({ head, accounts, holds, limitGroups }: NewStates): void {
    this.#expected = undefined
    this.#head = head
    for (const [id, account] of accounts) this.#accounts.set(id, account)
    for (const [id, hold] of holds) this.#holds.set(id, hold)
    for (const [id, group] of limitGroups) this.#limitGroups.set(id, group)
  }

  async #readTimeZone(db: Queryable): Promise<string> {
    const [row] = await db.query<{ time_zone: string }>('select time_zone from books where tenant_id = $1', [
      this.#tenant,
    ])
    if (row === undefined) throw new Error('these books were never opened')
    return row.time_zone
  }

  async #readHead(db: Queryable): Promise<Head> {
    const [row] = await db.query<HeadRow>(
      `select ${HEAD_COLUMNS} from batches where tenant_id = $1 order by batch_number desc limit 1`,
      [this.#tenant],
    )
    return row ? toHead(row) : EMPTY_HEAD
  }

  async #readHolds(db: Queryable, ids: readonly string[]): Promise<HoldState[]> {
    if (ids.length === 0) return []
    const rows = await db.query<HoldRow>(
      `select hold_id, debit_account_id, credit_account_id, amount_minor, currency, expires_at, status,
              counted_day
       from holds where tenant_id = $1 and hold_id = any($2::uuid[])`,
      [this.#tenant, sqlArray(ids.map((id) => toUuid(id, 'hld')))],
    )
    return rows.map((row) => ({
      holdId: toTypeId('hld', row.hold_id),
      debit: toTypeId('acc', row.debit_account_id),
      credit: toTypeId('acc', row.credit_account_id),
      amountMinor: row.amount_minor,
      currency: row.currency,
      expiresAt: row.expires_at,
      status: row.status,
      countedDay: row.counted_day,
    }))
  }

  async #readAccounts(db: Queryable, ids: readonly string[]): Promise<AccountState[]> {
    if (ids.length === 0) return []
    const rows = await db.query<AccountRow>(
      `select a.account_id, a.currency, a.normal_side, a.no_overdraft, a.status, a.limit_group_ids,
              coalesce(e.debits_posted, 0) as debits_posted, coalesce(e.credits_posted, 0) as credits_posted,
              coalesce(e.debits_pending, 0) as debits_pending, coalesce(e.credits_pending, 0) as credits_pending
       from accounts a
       left join lateral (
         select debits_posted, credits_posted, debits_pending, credits_pending from entries
         where tenant_id = $1 and account_id = a.account_id order by sequence desc, position desc limit 1
       ) e on true
       where a.tenant_id = $1 and a.account_id = any($2::uuid[])`,
      [this.#tenant, sqlArray(ids.map((id) => toUuid(id, 'acc')))],
    )
    return rows.map((row) => ({
      accountId: toTypeId('acc', row.account_id),
      currency: row.currency,
      normalSide: row.normal_side,
      noOverdraft: row.no_overdraft,
      status: row.status,
      limitGroupIds: row.limit_group_ids.map((uuid) => toTypeId('lgr', uuid)),
      debitsPosted: row.debits_posted,
      creditsPosted: row.credits_posted,
      debitsPending: row.debits_pending,
      creditsPending: row.credits_pending,
    }))
  }
}

/** What a batch leaves. */
export interface NewStates {
  readonly head: Head
  readonly accounts: ReadonlyMap<string, AccountState>
  readonly holds: ReadonlyMap<string, HoldState>
  readonly limitGroups: ReadonlyMap<string, LimitGroupState>
}

/** What was decided is on another head than the newest: it is not written. */
export class StaleHead extends Error {}

/** The frontier tells of everything that was written before. */
const isSameHead = (a: Head, b: Head): boolean =>
  a.batchNumber === b.batchNumber && Buffer.compare(a.frontier, b.frontier) === 0

const HEAD_COLUMNS = 'batch_number, last_sequence, ledger_time, frontier'

interface HeadRow {
  readonly batch_number: bigint
  readonly last_sequence: bigint
  readonly ledger_time: Date
  readonly frontier: Uint8Array
}

interface HoldRow {
  readonly hold_id: string
  readonly debit_account_id: string
  readonly credit_account_id: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly expires_at: Date
  readonly status: HoldState['status']
  readonly counted_day: string | null
}

interface AccountRow {
  readonly account_id: string
  readonly currency: string
  readonly normal_side: AccountState['normalSide']
  readonly no_overdraft: boolean
  readonly status: AccountStatus
  readonly limit_group_ids: string[]
  readonly debits_posted: bigint
  readonly credits_posted: bigint
  readonly debits_pending: bigint
  readonly credits_pending: bigint
}

const toHead = (row: HeadRow): Head => ({
  batchNumber: row.batch_number,
  lastSequence: Number(row.last_sequence),
  ledgerTime: row.ledger_time,
  frontier: new Uint8Array(row.frontier),
})

const missing = (ids: Iterable<string>, cache: { has(id: string): boolean }): string[] =>
  [...new Set(ids)].filter((id) => !cache.has(id))
