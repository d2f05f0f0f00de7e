import { Conditions } from '../database/conditions.ts'
import type { Queryable } from '../database/database.ts'
import { parseLeaf } from '../leaf.ts'
import type { Page, PageRequest, TransactionView } from '../ledger.ts'
import { isTypeId, toUuid } from '../type-id.ts'
import { hasPurpose, hasReference } from './leaf-filter.ts'
import { type Period, rangeOf, type SequenceRange } from './moments.ts'
import { toPage } from './page.ts'
import { toTransaction } from './rows.ts'
import { SCAN_LIMIT } from './scan.ts'

/** Which transactions. Account and period are found by an index, the rest is looked for row by row. */
export interface TransactionFilter extends Period {
  /** One of its transfers is of this account. */
  readonly accountId?: string | undefined
  readonly purpose?: string | undefined
  /** One of its references is this id. */
  readonly reference?: string | undefined
}

const NONE: Page<TransactionView> = { data: [], nextCursor: null }

/**
 * Newest first. The cursor is a sequence.
 *
 * @param scanLimit How many transactions (of an account: entries) are looked at in the most.
 */
export async function listTransactions(
  db: Queryable,
  tenantId: string,
  request: PageRequest & TransactionFilter,
  scanLimit = SCAN_LIMIT,
): Promise<Page<TransactionView>> {
  const { limit, accountId, purpose, reference } = request
  if (accountId !== undefined && !isTypeId(accountId, 'acc')) return NONE
  const range = await rangeOf(db, tenantId, request)
  const before = Math.min(sequenceOf(request.after), range.through + 1)
  const isScan = purpose !== undefined || reference !== undefined
  const floor = isScan ? await findFloor(db, tenantId, accountId, { before, range, scanLimit }) : undefined

  const where = new Conditions(toUuid(tenantId, 'ten'))
  const sequences = `sequence < ${where.parameter(before)} and sequence >= ${where.parameter(floor ?? range.after + 1)}`
  if (purpose !== undefined) where.add((add) => hasPurpose(purpose, add))
  if (reference !== undefined) where.add((add) => hasReference(reference, add))
  const found =
    accountId === undefined
      ? `(select sequence, leaf from transactions where tenant_id = $1 and ${sequences}) t`
      : `(select distinct sequence from entries
          where tenant_id = $1 and account_id = ${where.parameter(toUuid(accountId))} and ${sequences}
          order by sequence desc) e
         join transactions t on t.tenant_id = $1 and t.sequence = e.sequence`
  const rows = await db.query<{ leaf: string }>(
    `select t.leaf from ${found} where true${where.sql}
     order by t.sequence desc limit ${where.parameter(limit + 1)}`,
    where.parameters,
  )
  const transactions = rows.map(({ leaf }) => toTransaction(parseLeaf(leaf)))
  return toPage(transactions, limit, ({ sequence }) => String(sequence), floor === undefined ? null : String(floor))
}

/** The last of the sequences that may be looked at; undefined: the list ends before it. */
async function findFloor(
  db: Queryable,
  tenantId: string,
  accountId: string | undefined,
  { before, range, scanLimit }: { before: number; range: SequenceRange; scanLimit: number },
): Promise<number | undefined> {
  const [source, ...more] =
    accountId === undefined ? (['transactions'] as const) : (['entries', toUuid(accountId)] as const)
  const [row] = await db.query<{ sequence: bigint }>(
    `select sequence from ${source}
     where tenant_id = $1 and sequence < $2 and sequence > $3${more.length > 0 ? ' and account_id = $5' : ''}
     order by sequence desc offset $4 limit 1`,
    [toUuid(tenantId, 'ten'), before, range.after, scanLimit - 1, ...more],
  )
  return row && Number(row.sequence)
}

/** What is no cursor means the beginning. */
const sequenceOf = (after: string | undefined): number =>
  /^\d{1,15}$/.test(after ?? '') ? Number(after) : Number.MAX_SAFE_INTEGER
