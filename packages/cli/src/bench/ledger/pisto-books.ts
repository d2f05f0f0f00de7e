import {
  type BooksReport,
  createLedger,
  type Database,
  type IdSource,
  type Ledger,
  toUuid,
  verifyBooks,
} from '@pisto/ledger'
import { formatMinor } from '@pisto/money/text'
import { ed25519Signer } from '@pisto/proof'
import { createIds, systemRandom } from '@pisto/server'
import { failed } from '../../failure.ts'
import type { Payment } from './payments.ts'

/** Every wallet begins with this, in minor units: no run is long enough to empty one. */
const FUNDS_MINOR = 1_000_000_000n
const CURRENCY = 'GTQ'
/** All of them are checked and counted, none is reached. */
const MUCH = '90000000000000.00'
const LIMITS = {
  in: { single: MUCH, day: MUCH, month: MUCH },
  out: { single: MUCH, day: MUCH, month: MUCH },
  balance: MUCH,
}
const BODY_HASH = new Uint8Array(32).fill(7)

/** One tenant's books with wallets that have money, and all that a real tenant's have: keys, leaves, checkpoints. */
export class PistoBooks {
  readonly #db: Database
  readonly #cash: string
  readonly #wallets: readonly string[]
  readonly #publicKey: Uint8Array
  readonly ledger: Ledger
  readonly tenantId: string
  /** Transfers that were acknowledged. */
  transferCount = 0
  #keyCount = 0

  private constructor(
    db: Database,
    ledger: Ledger,
    tenant: {
      readonly id: string
      readonly cash: string
      readonly wallets: readonly string[]
      readonly publicKey: Uint8Array
    },
  ) {
    this.#db = db
    this.ledger = ledger
    this.tenantId = tenant.id
    this.#cash = tenant.cash
    this.#wallets = tenant.wallets
    this.#publicKey = tenant.publicKey
  }

  /** Opens books with that many wallets. @param db With the ledger's tables. */
  static async open(db: Database, clock: { now(): Date }, walletCount: number): Promise<PistoBooks> {
    const ids = createIds(clock, systemRandom)
    const key = ed25519Signer(systemRandom(32))
    const id = ids.next('ten')
    const origin = `bench.example/${id}`
    const signer = async () => ({ ...key, name: origin })
    const ledger = createLedger({ db, clock, ids, signer })
    await ledger.openBooks({ tenantId: id, origin, timeZone: 'America/Guatemala' })
    const wallets = Array.from({ length: walletCount }, () => ids.next('acc'))
    const books = new PistoBooks(db, ledger, { id, cash: ids.next('acc'), wallets, publicKey: key.publicKey })
    await books.#openAccounts(ids)
    return books
  }

  /** One transfer, decided under a key of its own. @throws {CommandFailure} it was refused */
  async transfer({ debit, credit, amountMinor }: Payment): Promise<void> {
    const amount = { amount: formatMinor(BigInt(amountMinor), CURRENCY), currency: CURRENCY }
    const key = `bench-${++this.#keyCount}`
    const decided = await this.ledger.decide(this.#request(key), () => ({
      purpose: 'bench.transfer',
      references: { order: key },
      transfers: [{ kind: 'posted', debit: this.#wallet(debit), credit: this.#wallet(credit), amount }],
      answer: ({ transactionId, sequence }) => ({ transactionId, sequence, ...amount }),
    }))
    if (!decided.ok) throw failed(`A transfer of the benchmark was refused: ${decided.refusal.code}`)
    this.transferCount++
  }

  /** Bytes that all of the ledger's tables take with their indexes. PostgreSQL only. */
  async storedBytes(): Promise<number> {
    const [row] = await this.#db.query<{ bytes: bigint }>(
      `select sum(pg_total_relation_size(oid))::bigint as bytes from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    return Number(row?.bytes ?? 0)
  }

  /** Ids of so many transactions, spread evenly over the log. */
  async transactionIds(count: number): Promise<readonly string[]> {
    const size = await this.ledger.headSequence(this.tenantId)
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const after = Math.floor((n * (size - 1)) / count)
      const [leaf] = await this.ledger.log.leaves(this.tenantId, { limit: 1, after })
      ids.push((JSON.parse(leaf?.leaf ?? '{}') as { id: string }).id)
    }
    return ids
  }

  /**
   * Recomputes everything from the tables.
   * @throws {CommandFailure} something is wrong, or not exactly what was acknowledged is there
   */
  async verify(onProgress?: (leafCount: number) => void): Promise<BooksReport> {
    const report = await verifyBooks(this.#db, this.tenantId, {
      publicKeys: [this.#publicKey],
      ...(onProgress && { onProgress }),
    })
    if (!report.ok) throw failed(`The books are wrong after the benchmark: ${report.findings[0]?.message}`)
    const expected = this.transferCount + this.#wallets.length + 1
    if (report.size !== expected) throw failed(`The books have ${report.size} transactions instead of ${expected}`)
    await this.#weigh()
    return report
  }

  /** Stops the ledger; the database stays open. */
  stop(): Promise<void> {
    return this.ledger.stop()
  }

  async #weigh(): Promise<void> {
    const [row] = await this.#db.query<{ total: bigint }>(
      `select coalesce(sum(credits_posted - debits_posted), 0)::bigint as total from (
         select distinct on (account_id) credits_posted, debits_posted from entries
         where tenant_id = $1 and account_id <> $2 order by account_id, sequence desc, position desc) newest`,
      [toUuid(this.tenantId), toUuid(this.#cash)],
    )
    const expected = FUNDS_MINOR * BigInt(this.#wallets.length)
    if (row?.total !== expected) throw failed(`The wallets hold ${row?.total} centavos instead of ${expected}`)
  }

  async #openAccounts(ids: IdSource): Promise<void> {
    const cash = { accountId: this.#cash, ownerId: null, currency: CURRENCY }
    await this.ledger.decide(this.#request('open-cash'), () => ({
      purpose: 'bench.opened',
      accounts: [{ ...cash, purpose: 'cash', normalSide: 'debit', noOverdraft: false }],
      answer: null,
    }))
    await Promise.all(this.#wallets.map((id) => this.#openWallet(id, ids.next('lgr'))))
  }

  /** A wallet as a person's is: never below zero, and within limits that no run reaches. */
  async #openWallet(accountId: string, groupId: string): Promise<void> {
    const amount = { amount: formatMinor(FUNDS_MINOR, CURRENCY), currency: CURRENCY }
    const wallet = { accountId, ownerId: null, currency: CURRENCY, normalSide: 'credit', noOverdraft: true } as const
    await this.ledger.decide(this.#request(`open-${accountId}`), () => ({
      purpose: 'bench.opened',
      limitGroups: [{ groupId, ownerId: null, currency: CURRENCY, policyVersion: 'bench', limits: LIMITS }],
      accounts: [{ ...wallet, purpose: 'consumerWallet', limitGroupIds: [groupId] }],
      transfers: [{ kind: 'posted', debit: this.#cash, credit: accountId, amount, uncounted: true }],
      answer: null,
    }))
  }

  #request(key: string) {
    return { tenantId: this.tenantId, clientId: 'bench', operation: 'createTransaction', key, bodyHash: BODY_HASH }
  }

  #wallet(index: number): string {
    const id = this.#wallets[index]
    if (id === undefined) throw new RangeError(`there is no wallet ${index}`)
    return id
  }
}
