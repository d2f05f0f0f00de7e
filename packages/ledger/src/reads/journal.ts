import type { Queryable } from '../database/database.ts'
import { type LeafAccount, type LeafTransfer, parseLeaf } from '../leaf.ts'
import { toUuid } from '../type-id.ts'
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

/** Oldest first, in pages, so that a journal of any length takes no more memory than one of them. */
export async function* readJournal(
  db: Queryable,
  tenantId: string,
  { after, through }: SequenceRange,
  pageSize = 500,
): AsyncGenerator<readonly JournalTransaction[], void, undefined> {
  for (let sequence = after; sequence < through; ) {
    const rows = await db.query<{ leaf: string }>(
      `select leaf from transactions
       where tenant_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
      [toUuid(tenantId, 'ten'), sequence, through, pageSize],
    )
    const page = rows.map(({ leaf }) => toJournalTransaction(leaf))
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    sequence = last.sequence
  }
}

function toJournalTransaction(text: string): JournalTransaction {
  const { id, sequence, time, purpose, references, accounts, transfers } = parseLeaf(text)
  return { transactionId: id, sequence, time: new Date(time), purpose, references, accounts, transfers }
}
