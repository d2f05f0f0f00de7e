import { canonicalJson } from '@pisto/proof'
import { type Queryable, sqlArray } from './database/database.ts'
import { parseLeaf } from './leaf.ts'
import { limitsAsText, limitsInMinor } from './limits/limits.ts'
import { toTypeId, toUuid } from './type-id.ts'
import type { BooksFinding } from './verify.ts'
import type { ModelLimitGroup } from './verify-limits.ts'
import type { BooksModel, ModelAccount, ModelHold } from './verify-model.ts'

const PAGE = 2_000
const NIL = '00000000-0000-0000-0000-000000000000'

type Tell = (finding: BooksFinding) => void

interface AccountRow {
  readonly account_id: string
  readonly purpose: string
  readonly currency: string
  readonly normal_side: string
  readonly no_overdraft: boolean
  readonly status: string
  readonly limit_group_ids: string[]
  readonly opened_sequence: bigint
}

/** Holds the rows of accounts, and how many entries each has, against the log. */
export async function compareAccounts(db: Queryable, tenant: string, model: BooksModel, tell: Tell): Promise<void> {
  const seen = new Set<string>()
  for (let after = NIL, isMore = true; isMore; ) {
    const rows = await db.query<AccountRow>(
      `select account_id, purpose, currency, normal_side::text as normal_side, no_overdraft, status,
              limit_group_ids, opened_sequence
       from accounts where tenant_id = $1 and account_id > $2 order by account_id limit ${PAGE}`,
      [tenant, after],
    )
    for (const row of rows) {
      const id = toTypeId('acc', row.account_id)
      seen.add(id)
      const leafIndex = Number(row.opened_sequence) - 1
      const account = model.accounts.get(id)
      if (account === undefined) tell({ table: 'accounts', leafIndex, message: `account ${id} was never opened` })
      else if (!sameAccount(row, account)) {
        tell({
          table: 'accounts',
          leafIndex: account.openedSequence - 1,
          message: `account ${id} is stored otherwise`,
        })
      }
    }
    after = rows.at(-1)?.account_id ?? after
    isMore = rows.length === PAGE
  }
  for (const [id, { openedSequence }] of model.accounts) {
    if (!seen.has(id)) tell({ table: 'accounts', leafIndex: openedSequence - 1, message: `account ${id} is missing` })
  }
  await findExtraEntries(db, tenant, model, tell)
}

const sameAccount = (row: AccountRow, account: ModelAccount): boolean =>
  row.purpose === account.purpose &&
  row.currency === account.currency &&
  row.normal_side === account.normalSide &&
  row.no_overdraft === account.noOverdraft &&
  row.status === account.status &&
  row.limit_group_ids.map((uuid) => toTypeId('lgr', uuid)).join() === account.limitGroups.join() &&
  Number(row.opened_sequence) === account.openedSequence

/** Entries that no leaf speaks of: where an account has more than the log, each is held against its leaf. */
async function findExtraEntries(db: Queryable, tenant: string, model: BooksModel, tell: Tell): Promise<void> {
  const counts = await db.query<{ account_id: string; count: bigint }>(
    'select account_id, count(*) as count from entries where tenant_id = $1 group by account_id',
    [tenant],
  )
  const swollen = counts.filter(
    ({ account_id, count }) => Number(count) > (model.accounts.get(toTypeId('acc', account_id))?.entryCount ?? 0),
  )
  if (swollen.length === 0) return
  const rows = await db.query<{ account_id: string; sequence: bigint; position: number; leaf: string | null }>(
    `select e.account_id, e.sequence, e.position, t.leaf from entries e
     left join transactions t on t.tenant_id = $1 and t.sequence = e.sequence
     where e.tenant_id = $1 and e.account_id = any($2::uuid[]) order by e.sequence`,
    [tenant, sqlArray(swollen.map(({ account_id }) => account_id))],
  )
  for (const { account_id, sequence, position, leaf } of rows) {
    const id = toTypeId('acc', account_id)
    if (leaf !== null && isOf(leaf, position, id)) continue
    tell({
      table: 'entries',
      leafIndex: Number(sequence) - 1,
      message: `account ${id} has an entry that no leaf knows`,
    })
  }
}

function isOf(leaf: string, position: number, accountId: string): boolean {
  try {
    const transfer = parseLeaf(leaf).transfers[position]
    return transfer?.debit === accountId || transfer?.credit === accountId
  } catch {
    return true // told already: the leaf itself cannot be read
  }
}

interface HoldRow {
  readonly hold_id: string
  readonly debit_account_id: string
  readonly credit_account_id: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly expires_at: Date
  readonly status: string
  readonly opened_sequence: bigint
  readonly resolved_sequence: bigint | null
  readonly posted_minor: bigint | null
  readonly counted_day: string | null
}

/** Holds the rows of holds against the log. */
export async function compareHolds(db: Queryable, tenant: string, model: BooksModel, tell: Tell): Promise<void> {
  let count = 0
  for (let after = NIL, isMore = true; isMore; ) {
    const rows = await db.query<HoldRow>(
      `select * from holds where tenant_id = $1 and hold_id > $2 order by hold_id limit ${PAGE}`,
      [tenant, after],
    )
    for (const row of rows) {
      const id = toTypeId('hld', row.hold_id)
      const hold = model.holds.get(id)
      if (hold && sameHold(row, hold)) continue
      const leafIndex = Number(row.opened_sequence) - 1
      tell({
        table: 'holds',
        leafIndex,
        message: hold ? `hold ${id} is stored otherwise` : `hold ${id} was never made`,
      })
    }
    count += rows.length
    after = rows.at(-1)?.hold_id ?? after
    isMore = rows.length === PAGE
  }
  if (count < model.holds.size) {
    tell({ table: 'holds', leafIndex: 0, message: `${model.holds.size - count} holds are missing` })
  }
}

const sameHold = (row: HoldRow, hold: ModelHold): boolean =>
  row.debit_account_id === toUuid(hold.debit, 'acc') &&
  row.credit_account_id === toUuid(hold.credit, 'acc') &&
  row.amount_minor === hold.amountMinor &&
  row.currency === hold.currency &&
  row.expires_at.toISOString() === hold.expiresAt &&
  row.status === hold.status &&
  row.posted_minor === hold.postedMinor &&
  row.counted_day === hold.countedDay &&
  (row.resolved_sequence === null ? null : Number(row.resolved_sequence)) === hold.resolvedSequence

interface LimitGroupRow {
  readonly group_id: string
  readonly currency: string
  readonly policy_version: string
  readonly limits: string
  readonly set_sequence: bigint
  readonly day: string
  readonly day_in: bigint
  readonly day_out: bigint
  readonly month_in: bigint
  readonly month_out: bigint
  readonly balance_minor: bigint
  readonly merged_into: string | null
}

/** Holds the rows of limit groups, with what they have counted, against the log. */
export async function compareLimitGroups(db: Queryable, tenant: string, model: BooksModel, tell: Tell): Promise<void> {
  let count = 0
  for (let after = NIL, isMore = true; isMore; ) {
    const rows = await db.query<LimitGroupRow>(
      `select * from limit_groups where tenant_id = $1 and group_id > $2 order by group_id limit ${PAGE}`,
      [tenant, after],
    )
    for (const row of rows) {
      const id = toTypeId('lgr', row.group_id)
      const group = model.limits.groups.get(id)
      const leafIndex = (group?.setSequence ?? Number(row.set_sequence)) - 1
      const wrong = group ? limitGroupContradiction(row, group) : 'was never set'
      if (wrong) tell({ table: 'limit_groups', leafIndex, message: `limit group ${id} ${wrong}` })
    }
    count += rows.length
    after = rows.at(-1)?.group_id ?? after
    isMore = rows.length === PAGE
  }
  const missing = model.limits.groups.size - count
  if (missing > 0) tell({ table: 'limit_groups', leafIndex: 0, message: `${missing} limit groups are missing` })
}

function limitGroupContradiction(row: LimitGroupRow, group: ModelLimitGroup): string | undefined {
  const { currency, policyVersion, limits, setSequence, day, counted, balanceMinor } = group
  const minor = canonicalJson(limitsAsText(limitsInMinor(limits, currency), currency))
  if (row.currency !== currency || row.policy_version !== policyVersion || row.limits !== minor)
    return 'has other limits'
  if (Number(row.set_sequence) !== setSequence) return `was set by sequence ${setSequence}`
  const mergedInto = group.mergedInto === null ? null : toUuid(group.mergedInto, 'lgr')
  if (row.merged_into !== mergedInto) return `is absorbed by ${group.mergedInto ?? 'none'}`
  const expected = ['in', 'out'].flatMap((flow) => [
    counted.get(`${flow} ${day}`),
    counted.get(`${flow} ${day.slice(0, 7)}`),
  ])
  const stored = [row.day_in, row.month_in, row.day_out, row.month_out]
  const isSame = row.day === day && stored.every((value, at) => value === (expected[at] ?? 0n))
  if (!isSame) return 'has other counters'
  return row.balance_minor === balanceMinor ? undefined : `holds ${balanceMinor}, not ${row.balance_minor}`
}
