import { Conditions } from '../database/conditions.ts'
import type { Queryable } from '../database/database.ts'
import type { Page, PageRequest } from '../ledger.ts'
import type { Amount, Side } from '../model.ts'
import { isTypeId, toTypeId, toUuid } from '../type-id.ts'
import { headSequence } from './moments.ts'
import { toPage } from './page.ts'
import { money } from './rows.ts'

/** What was ever posted on both sides, and on which side the difference stands. */
export interface BalanceSums {
  /** Everything posted as a debit. */
  readonly debits: Amount
  readonly credits: Amount
  /** What the debits have more, account by account; zero where credits are more. */
  readonly debitBalance: Amount
  readonly creditBalance: Amount
}

/** All accounts of one purpose and currency. */
export interface TrialBalanceLine extends BalanceSums {
  readonly purpose: string
  readonly normalSide: Side
  readonly currency: string
  readonly accountCount: number
}

/** The books after a sequence: in each currency debits equal credits, and debit balances equal credit balances. */
export interface TrialBalance {
  readonly asOfSequence: number
  readonly totals: readonly (BalanceSums & { readonly currency: string })[]
  readonly lines: readonly TrialBalanceLine[]
}

/** One account's line of the trial balance. */
export interface AccountBalance extends BalanceSums {
  readonly accountId: string
  readonly purpose: string
  readonly ownerId: string | null
  readonly normalSide: Side
  readonly currency: string
  readonly openedSequence: number
  readonly openedAt: Date
}

/** Accounts `a` that exist after `$2`, each with the sums of its newest entry until then: one look-up an account. */
const ACCOUNTS_AS_OF = `accounts a
  left join lateral (
    select debits_posted, credits_posted from entries
    where tenant_id = $1 and account_id = a.account_id and sequence <= $2
    order by sequence desc, position desc limit 1
  ) e on true
  where a.tenant_id = $1 and a.opened_sequence <= $2`

/** @param asOf A sequence; undefined or beyond the newest: the newest. */
export async function readTrialBalance(db: Queryable, tenantId: string, asOf?: number): Promise<TrialBalance> {
  const head = await headSequence(db, tenantId)
  const asOfSequence = Math.min(asOf ?? head, head)
  const rows = await db.query<LineRow>(
    `select x.purpose, x.normal_side, x.currency, count(*) as account_count,
            sum(x.debits)::text as debits, sum(x.credits)::text as credits,
            sum(greatest(x.debits - x.credits, 0))::text as debit_balance,
            sum(greatest(x.credits - x.debits, 0))::text as credit_balance
     from (select a.purpose, a.normal_side, a.currency,
                  coalesce(e.debits_posted, 0) as debits, coalesce(e.credits_posted, 0) as credits
           from ${ACCOUNTS_AS_OF}) x
     group by x.currency, x.purpose, x.normal_side
     order by x.currency, x.normal_side, x.purpose`,
    [toUuid(tenantId, 'ten'), asOfSequence],
  )
  return { asOfSequence, totals: totalsOf(rows), lines: rows.map(toLine) }
}

/**
 * The trial balance account by account, oldest account first. History never changes: pages as of one sequence belong
 * together, whatever happens between them. The cursor is an account's id.
 */
export async function listBalances(
  db: Queryable,
  tenantId: string,
  { asOf, limit, after }: PageRequest & { readonly asOf: number },
): Promise<Page<AccountBalance>> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.parameter(asOf)
  if (after !== undefined && isTypeId(after, 'acc')) where.add((add) => `a.account_id > ${add(toUuid(after))}`)
  const rows = await db.query<AccountRow>(
    `select a.account_id, a.purpose, a.owner_id, a.normal_side, a.currency, a.opened_sequence, a.opened_at,
            coalesce(e.debits_posted, 0) as debits_posted, coalesce(e.credits_posted, 0) as credits_posted
     from ${ACCOUNTS_AS_OF}${where.sql}
     order by a.account_id limit ${where.parameter(limit + 1)}`,
    where.parameters,
  )
  return toPage(rows.map(toBalance), limit, ({ accountId }) => accountId)
}

interface LineRow {
  readonly purpose: string
  readonly normal_side: Side
  readonly currency: string
  readonly account_count: bigint
  /** Sums of bigint columns are numeric: they come as text. */
  readonly debits: string
  readonly credits: string
  readonly debit_balance: string
  readonly credit_balance: string
}

interface AccountRow {
  readonly account_id: string
  readonly purpose: string
  readonly owner_id: string | null
  readonly normal_side: Side
  readonly currency: string
  readonly opened_sequence: bigint
  readonly opened_at: Date
  readonly debits_posted: bigint
  readonly credits_posted: bigint
}

const toLine = (row: LineRow): TrialBalanceLine => ({
  purpose: row.purpose,
  normalSide: row.normal_side,
  currency: row.currency,
  accountCount: Number(row.account_count),
  ...sumsOf([row], row.currency),
})

const totalsOf = (rows: readonly LineRow[]): TrialBalance['totals'] =>
  [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, group]) => ({
    currency,
    ...sumsOf(group, currency),
  }))

function sumsOf(rows: readonly LineRow[], currency: string): BalanceSums {
  const sum = (column: 'debits' | 'credits' | 'debit_balance' | 'credit_balance'): Amount =>
    money(
      rows.reduce((total, row) => total + BigInt(row[column]), 0n),
      currency,
    )
  return {
    debits: sum('debits'),
    credits: sum('credits'),
    debitBalance: sum('debit_balance'),
    creditBalance: sum('credit_balance'),
  }
}

function toBalance(row: AccountRow): AccountBalance {
  const { currency, debits_posted: debits, credits_posted: credits } = row
  const atLeastZero = (minor: bigint): bigint => (minor > 0n ? minor : 0n)
  return {
    accountId: toTypeId('acc', row.account_id),
    purpose: row.purpose,
    ownerId: row.owner_id,
    normalSide: row.normal_side,
    currency,
    openedSequence: Number(row.opened_sequence),
    openedAt: row.opened_at,
    debits: money(debits, currency),
    credits: money(credits, currency),
    debitBalance: money(atLeastZero(debits - credits), currency),
    creditBalance: money(atLeastZero(credits - debits), currency),
  }
}
