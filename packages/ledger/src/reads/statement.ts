import type { Queryable } from '../database/database.ts'
import { parseLeaf } from '../leaf.ts'
import type { AccountView, EntryView } from '../ledger.ts'
import type { Amount, Side } from '../model.ts'
import { toUuid } from '../type-id.ts'
import { findAccount } from './find.ts'
import { headSequence, rangeOf, type SequenceRange } from './moments.ts'
import { ENTRY_COLUMNS, type EntryRow, money, toEntry } from './rows.ts'

/** An entry of a statement: one that changed what is posted. Holds and their release are none. */
export interface StatementEntry extends EntryView {
  readonly references: Readonly<Record<string, string>>
  /** The other side of the transfer. */
  readonly counterpartyAccountId: string
}

/** What a statement says beside its entries. Everything is as of a range of sequences, which history never changes. */
export interface StatementFrame {
  readonly account: AccountView
  /** The entries are those after `after` up to `through`. */
  readonly range: SequenceRange
  /** Sequence of the newest transaction when the statement was made. */
  readonly headSequence: number
  readonly opening: Amount
  readonly closing: Amount
  /** Posted at the end, less what holds keep back. */
  readonly closingAvailable: Amount
  readonly debits: EntryTotals
  readonly credits: EntryTotals
}

interface EntryTotals {
  readonly count: number
  readonly amount: Amount
}

/**
 * Opens the statement of an account over a period. Sums come from the running sums of two entries, whatever the
 * number of entries between them; only their number is counted.
 *
 * @param period `from` the first moment, `to` the moment after the last; what has not happened yet is not in it.
 * @returns Undefined: no such account.
 */
export async function openStatement(
  db: Queryable,
  tenantId: string,
  accountId: string,
  period: { readonly from: Date; readonly to: Date },
): Promise<StatementFrame | undefined> {
  const account = await findAccount(db, tenantId, accountId)
  if (account === undefined) return undefined
  const { after, through } = await rangeOf(db, tenantId, period)
  const range = { after, through: Math.max(after, through) }
  const [head, opening, closing, counts] = await Promise.all([
    headSequence(db, tenantId),
    findSums(db, tenantId, accountId, range.after),
    findSums(db, tenantId, accountId, range.through),
    countEntries(db, tenantId, accountId, range),
  ])
  const { currency } = account
  const total = (side: Side): EntryTotals => ({
    count: counts.get(side) ?? 0,
    amount: money(closing[side] - opening[side], currency),
  })
  const balance = (sums: SideSums): bigint =>
    account.normalSide === 'credit' ? sums.credit - sums.debit : sums.debit - sums.credit
  const heldBack = account.normalSide === 'credit' ? closing.debitHeld : closing.creditHeld
  return {
    account,
    range,
    headSequence: head,
    opening: money(balance(opening), currency),
    closing: money(balance(closing), currency),
    closingAvailable: money(balance(closing) - heldBack, currency),
    debits: total('debit'),
    credits: total('credit'),
  }
}

/** Greater than the index of any transfer in its transaction: a `smallint`. */
const LAST_INDEX = 32_767

/** Oldest first, in pages, so that a statement of any length takes no more memory than one of them. */
export async function* statementEntries(
  db: Queryable,
  tenantId: string,
  { account, range }: Pick<StatementFrame, 'account' | 'range'>,
  pageSize = 500,
): AsyncGenerator<readonly StatementEntry[], void, undefined> {
  let place = { sequence: range.after, index: LAST_INDEX }
  for (;;) {
    const rows = await db.query<EntryRow>(
      `select ${ENTRY_COLUMNS}
       from entries e
       join accounts a on a.tenant_id = $1 and a.account_id = e.account_id
       join transactions t on t.tenant_id = $1 and t.sequence = e.sequence
       where e.tenant_id = $1 and e.account_id = $2 and (e.sequence, e.position) > ($3, $4) and e.sequence <= $5
         and e.kind in ('posted', 'postPending')
       order by e.sequence, e.position limit $6`,
      [toUuid(tenantId, 'ten'), toUuid(account.accountId), place.sequence, place.index, range.through, pageSize],
    )
    const page = rows.map(toStatementEntry)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    place = last
  }
}

interface SideSums {
  readonly debit: bigint
  readonly credit: bigint
  readonly debitHeld: bigint
  readonly creditHeld: bigint
}

async function findSums(db: Queryable, tenantId: string, accountId: string, through: number): Promise<SideSums> {
  const [row] = await db.query<Record<'debit' | 'credit' | 'debit_held' | 'credit_held', bigint>>(
    `select debits_posted as debit, credits_posted as credit, debits_pending as debit_held, credits_pending as credit_held
     from entries where tenant_id = $1 and account_id = $2 and sequence <= $3
     order by sequence desc, position desc limit 1`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), through],
  )
  const { debit = 0n, credit = 0n, debit_held: debitHeld = 0n, credit_held: creditHeld = 0n } = row ?? {}
  return { debit, credit, debitHeld, creditHeld }
}

async function countEntries(
  db: Queryable,
  tenantId: string,
  accountId: string,
  { after, through }: SequenceRange,
): Promise<ReadonlyMap<Side, number>> {
  const rows = await db.query<{ side: Side; count: bigint }>(
    `select side, count(*) as count from entries
     where tenant_id = $1 and account_id = $2 and sequence > $3 and sequence <= $4 and kind in ('posted', 'postPending')
     group by side`,
    [toUuid(tenantId, 'ten'), toUuid(accountId), after, through],
  )
  return new Map(rows.map(({ side, count }) => [side, Number(count)]))
}

function toStatementEntry(row: EntryRow): StatementEntry {
  const leaf = parseLeaf(row.leaf)
  const transfer = leaf.transfers[row.position]
  if (transfer === undefined) throw new SyntaxError(`leaf ${leaf.sequence} has no transfer ${row.position}`)
  return {
    ...toEntry(row, leaf),
    references: leaf.references,
    counterpartyAccountId: row.side === 'debit' ? transfer.credit : transfer.debit,
  }
}
