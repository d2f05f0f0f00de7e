import { type Queryable, sqlArray } from '../database/database.ts'
import { type LeafAccount, type LeafTransfer, parseLeaf } from '../leaf.ts'
import type { Side } from '../model.ts'
import { toTypeId, toUuid } from '../type-id.ts'
import type { SequenceRange } from './moments.ts'

/** A transaction as whoever keeps other books of the same history needs it. */
export interface JournalTransaction {
  readonly transactionId: string
  readonly sequence: number
  readonly time: Date
  readonly purpose: string
  readonly references: Readonly<Record<string, string>>
  /** Accounts that it opened. */
  readonly accounts: readonly LeafAccount[]
  readonly transfers: readonly LeafTransfer[]
}

/** What an account is called after. */
export interface JournalAccount {
  readonly accountId: string
  readonly purpose: string
  readonly normalSide: Side
}

export interface JournalPage {
  readonly transactions: readonly JournalTransaction[]
  /** Every account that its transfers name. */
  readonly accounts: ReadonlyMap<string, JournalAccount>
}

/** Oldest first, in pages, so that a journal of any length takes no more memory than one of them. */
export async function* readJournal(
  db: Queryable,
  tenantId: string,
  { after, through }: SequenceRange,
  pageSize = 500,
): AsyncGenerator<JournalPage, void, undefined> {
  for (let sequence = after; sequence < through; ) {
    const rows = await db.query<{ leaf: string }>(
      `select leaf from transactions
       where tenant_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
      [toUuid(tenantId, 'ten'), sequence, through, pageSize],
    )
    const transactions = rows.map(({ leaf }) => toJournalTransaction(leaf))
    const last = transactions.at(-1)
    if (last === undefined) return
    yield { transactions, accounts: await findNamed(db, tenantId, transactions) }
    sequence = last.sequence
  }
}

async function findNamed(
  db: Queryable,
  tenantId: string,
  transactions: readonly JournalTransaction[],
): Promise<ReadonlyMap<string, JournalAccount>> {
  const named = new Set(
    transactions.flatMap(({ transfers }) => transfers.flatMap(({ debit, credit }) => [debit, credit])),
  )
  if (named.size === 0) return new Map()
  const rows = await db.query<{ account_id: string; purpose: string; normal_side: Side }>(
    'select account_id, purpose, normal_side from accounts where tenant_id = $1 and account_id = any($2::uuid[])',
    [toUuid(tenantId, 'ten'), sqlArray([...named].map((id) => toUuid(id, 'acc')))],
  )
  return new Map(
    rows.map(({ account_id, purpose, normal_side: normalSide }) => {
      const accountId = toTypeId('acc', account_id)
      return [accountId, { accountId, purpose, normalSide }]
    }),
  )
}

function toJournalTransaction(text: string): JournalTransaction {
  const { id, sequence, time, purpose, references, accounts, transfers } = parseLeaf(text)
  return { transactionId: id, sequence, time: new Date(time), purpose, references, accounts, transfers }
}
