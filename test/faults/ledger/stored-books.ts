import { type AccountView, type Database, type Ledger, toTypeId, toUuid } from '@pisto/ledger'
import { type OrderStatus, readOrders } from './orders.ts'

export interface StoredTransaction {
  readonly sequence: number
  readonly transactionId: string
  readonly leaf: string
}

interface StoredDecision {
  readonly done: boolean
  readonly outcome: string
}

interface StoredBatch {
  readonly number: number
  readonly first: number
  readonly last: number
}

/** Everything that the tables have of one tenant. */
export interface StoredBooks {
  readonly transactions: readonly StoredTransaction[]
  readonly decisions: readonly StoredDecision[]
  readonly batches: readonly StoredBatch[]
  /** Of the newest batch; undefined before the first. */
  readonly frontier: Uint8Array | undefined
  /** Entries of each sequence. */
  readonly entryCounts: ReadonlyMap<number, number>
  readonly accounts: readonly AccountView[]
  /** Status by id. */
  readonly holds: ReadonlyMap<string, string>
  readonly orders: ReadonlyMap<string, OrderStatus>
}

/** Reads all of it. Nobody may write meanwhile. */
export async function readBooks(db: Database, ledger: Ledger, tenantId: string): Promise<StoredBooks> {
  const tenant = toUuid(tenantId, 'ten')
  const transactions = await db.query<{ sequence: bigint; transaction_id: string; leaf: string }>(
    'select sequence, transaction_id, leaf from transactions where tenant_id = $1 order by sequence',
    [tenant],
  )
  const decisions = await db.query<StoredDecision>('select done, outcome from decisions where tenant_id = $1', [tenant])
  const batches = await db.query<{ number: bigint; first: bigint; last: bigint }>(
    `select batch_number as number, first_sequence as first, last_sequence as last
     from batches where tenant_id = $1 order by batch_number`,
    [tenant],
  )
  const [newest] = await db.query<{ frontier: Uint8Array }>(
    'select frontier from batches where tenant_id = $1 order by batch_number desc limit 1',
    [tenant],
  )
  const entries = await db.query<{ sequence: bigint; count: bigint }>(
    'select sequence, count(*) as count from entries where tenant_id = $1 group by sequence',
    [tenant],
  )
  const holds = await db.query<{ hold_id: string; status: string }>(
    'select hold_id, status from holds where tenant_id = $1',
    [tenant],
  )
  return {
    transactions: transactions.map(({ sequence, transaction_id, leaf }) => ({
      sequence: Number(sequence),
      transactionId: toTypeId('txn', transaction_id),
      leaf,
    })),
    decisions,
    batches: batches.map(({ number, first, last }) => ({
      number: Number(number),
      first: Number(first),
      last: Number(last),
    })),
    frontier: newest && new Uint8Array(newest.frontier),
    entryCounts: new Map(entries.map(({ sequence, count }) => [Number(sequence), Number(count)])),
    accounts: await allAccounts(ledger, tenantId),
    holds: new Map(holds.map(({ hold_id, status }) => [toTypeId('hld', hold_id), status])),
    orders: await readOrders(db, tenantId),
  }
}

async function allAccounts(ledger: Ledger, tenantId: string): Promise<AccountView[]> {
  const accounts: AccountView[] = []
  for (let after: string | undefined, isMore = true; isMore; ) {
    const page = await ledger.listAccounts(tenantId, { limit: 500, after })
    accounts.push(...page.data)
    after = page.nextCursor ?? undefined
    isMore = after !== undefined
  }
  return accounts
}
