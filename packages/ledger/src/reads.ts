import type { Currency } from '@pisto/money/currencies'
import { formatMinor } from '@pisto/money/text'
import { type Queryable, type SqlValue, sqlArray } from './database/database.ts'
import { eventId, type Leaf, parseLeaf } from './leaf.ts'
import type { AccountView, EntryView, EventView, Page, PageRequest, TransactionView } from './ledger.ts'
import type { Amount, Side, TransferKind } from './model.ts'
import { availableBalance, pendingBalance, postedBalance } from './state.ts'
import { isTypeId, toTypeId, toUuid } from './type-id.ts'

const ACCOUNT_COLUMNS = `a.account_id, a.purpose, a.owner_id, a.currency, a.normal_side, a.status, a.opened_at,
  coalesce(e.sequence, 0) as sequence,
  coalesce(e.debits_posted, 0) as debits_posted, coalesce(e.credits_posted, 0) as credits_posted,
  coalesce(e.debits_pending, 0) as debits_pending, coalesce(e.credits_pending, 0) as credits_pending`

/** @param asOf A sequence: the account as it was after it; undefined: as it is. */
export async function findAccount(
  db: Queryable,
  tenantId: string,
  accountId: string,
  asOf?: number,
): Promise<AccountView | undefined> {
  if (!isTypeId(accountId, 'acc')) return undefined
  const [row] = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from accounts a
     left join lateral (
       select * from entries where tenant_id = $1 and account_id = a.account_id and sequence <= $3
       order by sequence desc, position desc limit 1
     ) e on true
     where a.tenant_id = $1 and a.account_id = $2 and a.opened_sequence <= $3`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), asOf ?? Number.MAX_SAFE_INTEGER],
  )
  return row && toAccount(row)
}

/** Newest first. */
export async function listAccounts(
  db: Queryable,
  tenantId: string,
  page: PageRequest & { ownerId?: string | undefined },
): Promise<Page<AccountView>> {
  const after = page.after !== undefined && isTypeId(page.after, 'acc') ? toUuid(page.after) : null
  const rows = await db.query<AccountRow>(
    `select ${ACCOUNT_COLUMNS} from accounts a
     left join lateral (
       select * from entries where tenant_id = $1 and account_id = a.account_id
       order by sequence desc, position desc limit 1
     ) e on true
     where a.tenant_id = $1 and ($2::uuid is null or a.account_id < $2) and ($3::text is null or a.owner_id = $3)
     order by a.account_id desc limit $4`,
    [toUuid(tenantId, 'ten'), after, page.ownerId ?? null, page.limit + 1],
  )
  return toPage(rows.map(toAccount), page.limit, ({ accountId }) => accountId)
}

/** Newest first. The cursor is `sequence.index`. */
export async function listEntries(
  db: Queryable,
  tenantId: string,
  accountId: string,
  page: PageRequest,
): Promise<Page<EntryView>> {
  if (!isTypeId(accountId, 'acc')) return { data: [], nextCursor: null }
  const [sequence, index] = parsePlace(page.after)
  const rows = await db.query<EntryRow>(
    `select e.sequence, e.position, e.kind, e.side, e.amount_minor, e.debits_posted, e.credits_posted,
            e.debits_pending, e.credits_pending, a.currency, a.normal_side, t.leaf
     from entries e
     join accounts a on a.tenant_id = $1 and a.account_id = e.account_id
     join transactions t on t.tenant_id = $1 and t.sequence = e.sequence
     where e.tenant_id = $1 and e.account_id = $2 and (e.sequence, e.position) < ($3, $4)
     order by e.sequence desc, e.position desc limit $5`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), sequence, index, page.limit + 1],
  )
  return toPage(rows.map(toEntry), page.limit, (entry) => `${entry.sequence}.${entry.index}`)
}

export async function findTransaction(
  db: Queryable,
  tenantId: string,
  transactionId: string,
): Promise<TransactionView | undefined> {
  if (!isTypeId(transactionId, 'txn')) return undefined
  const [row] = await db.query<{ leaf: string }>(
    'select leaf from transactions where tenant_id = $1 and transaction_id = $2',
    [toUuid(tenantId, 'ten'), toUuid(transactionId)],
  )
  return row && toTransaction(parseLeaf(row.leaf))
}

/** Newest first. The cursor is a sequence. */
export async function listTransactions(
  db: Queryable,
  tenantId: string,
  page: PageRequest,
): Promise<Page<TransactionView>> {
  const [sequence] = parsePlace(page.after)
  const rows = await db.query<{ leaf: string }>(
    'select leaf from transactions where tenant_id = $1 and sequence < $2 order by sequence desc limit $3',
    [toUuid(tenantId, 'ten'), sequence, page.limit + 1],
  )
  const transactions = rows.map(({ leaf }) => toTransaction(parseLeaf(leaf)))
  return toPage(transactions, page.limit, (transaction) => String(transaction.sequence))
}

/** Events after a place, oldest first: the transaction's leaf is its own event. */
export async function listEvents(
  db: Queryable,
  tenantId: string,
  after: { sequence: number; index: number },
  options: { limit: number; types?: readonly string[] | undefined },
): Promise<EventView[]> {
  const found: EventView[] = []
  let { sequence } = after
  for (let isMore = true; isMore && found.length < options.limit; ) {
    const leaves = await readLeaves(db, tenantId, sequence, options.limit, options.types)
    for (const { leaf } of leaves) {
      const { events } = toTransaction(parseLeaf(leaf))
      found.push(...events.filter((event) => isAfter(event, after) && (options.types?.includes(event.type) ?? true)))
    }
    isMore = leaves.length === options.limit
    sequence = (leaves.at(-1)?.sequence ?? sequence) + 1
  }
  return found.slice(0, options.limit)
}

async function readLeaves(
  db: Queryable,
  tenantId: string,
  from: number,
  limit: number,
  types: readonly string[] | undefined,
): Promise<{ sequence: number; leaf: string }[]> {
  const filter =
    types === undefined ? '' : `and exists (select 1 from unnest($4::text[]) w(x) where strpos(leaf, w.x) > 0)`
  const parameters: SqlValue[] = [toUuid(tenantId, 'ten'), from, limit]
  if (types !== undefined) parameters.push(sqlArray(types.map((type) => `"type":${JSON.stringify(type)}`)))
  const rows = await db.query<{ sequence: bigint; leaf: string }>(
    `select sequence, leaf from transactions where tenant_id = $1 and sequence >= $2 ${filter}
     order by sequence limit $3`,
    parameters,
  )
  return rows.map((row) => ({ sequence: Number(row.sequence), leaf: row.leaf }))
}

export async function headSequence(db: Queryable, tenantId: string): Promise<number> {
  const [row] = await db.query<{ last: bigint }>(
    'select last_sequence as last from batches where tenant_id = $1 order by batch_number desc limit 1',
    [toUuid(tenantId, 'ten')],
  )
  return Number(row?.last ?? 0)
}

interface SumsRow {
  readonly currency: string
  readonly normal_side: Side
  readonly debits_posted: bigint
  readonly credits_posted: bigint
  readonly debits_pending: bigint
  readonly credits_pending: bigint
}

interface AccountRow extends SumsRow {
  readonly account_id: string
  readonly purpose: string
  readonly owner_id: string | null
  readonly status: 'open' | 'closed'
  readonly opened_at: Date
  readonly sequence: bigint
}

interface EntryRow extends SumsRow {
  readonly sequence: bigint
  readonly position: number
  readonly kind: TransferKind
  readonly side: Side
  readonly amount_minor: bigint
  readonly leaf: string
}

const sumsOf = (row: SumsRow) => ({
  normalSide: row.normal_side,
  debitsPosted: row.debits_posted,
  creditsPosted: row.credits_posted,
  debitsPending: row.debits_pending,
  creditsPending: row.credits_pending,
})

const money = (minor: bigint, currency: string): Amount => ({
  amount: formatMinor(minor, currency as Currency),
  currency,
})

function toAccount(row: AccountRow): AccountView {
  const sums = sumsOf(row)
  return {
    accountId: toTypeId('acc', row.account_id),
    purpose: row.purpose,
    ownerId: row.owner_id,
    currency: row.currency,
    normalSide: row.normal_side,
    status: row.status,
    posted: money(postedBalance(sums), row.currency),
    pending: money(pendingBalance(sums), row.currency),
    available: money(availableBalance(sums), row.currency),
    asOfSequence: Number(row.sequence),
    openedAt: row.opened_at,
  }
}

function toEntry(row: EntryRow): EntryView {
  const sums = sumsOf(row)
  const leaf = parseLeaf(row.leaf)
  return {
    transactionId: leaf.id,
    sequence: Number(row.sequence),
    index: row.position,
    kind: row.kind,
    direction: row.side,
    amount: money(row.amount_minor, row.currency),
    balanceAfter: money(postedBalance(sums), row.currency),
    availableAfter: money(availableBalance(sums), row.currency),
    purpose: leaf.purpose,
    time: new Date(leaf.time),
  }
}

function toTransaction(leaf: Leaf): TransactionView {
  const time = new Date(leaf.time)
  return {
    transactionId: leaf.id,
    sequence: leaf.sequence,
    purpose: leaf.purpose,
    references: leaf.references,
    transfers: leaf.transfers.map(({ kind, debit, credit, amount, currency, hold }) => ({
      kind,
      debit,
      credit,
      amount: { amount, currency },
      holdId: hold ?? null,
    })),
    events: leaf.events.map((event, index) => ({
      ...event,
      id: eventId(leaf.id, index),
      sequence: leaf.sequence,
      index,
      time,
    })),
    time,
  }
}

const isAfter = (event: EventView, after: { sequence: number; index: number }): boolean =>
  event.sequence > after.sequence || (event.sequence === after.sequence && event.index > after.index)

/** A cursor of `sequence` or `sequence.index`; what is not one means the beginning. */
function parsePlace(after: string | undefined): [sequence: number, index: number] {
  const [, sequence, index] = /^(\d{1,15})(?:\.(\d{1,4}))?$/.exec(after ?? '') ?? []
  return sequence === undefined ? [Number.MAX_SAFE_INTEGER, 0] : [Number(sequence), Number(index ?? 0)]
}

function toPage<T>(rows: readonly T[], limit: number, cursor: (last: T) => string): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null }
}
