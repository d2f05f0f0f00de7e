import { type Database, hex, type Queryable, sqlArray } from './database/database.ts'
import { hashLeaf, type Leaf, leafText, parseLeaf } from './leaf.ts'
import { toTypeId, toUuid } from './type-id.ts'
import { EpochCheck } from './verify-epochs.ts'
import { LogCheck } from './verify-log.ts'
import { BooksModel, type ExpectedEntry } from './verify-model.ts'
import { compareAccounts, compareHolds, compareLimitGroups } from './verify-tables.ts'

/** Something stored that is not what the log says. */
export interface BooksFinding {
  /** The table that contradicts. */
  readonly table:
    | 'batches'
    | 'transactions'
    | 'entries'
    | 'accounts'
    | 'holds'
    | 'limit_groups'
    | 'checkpoints'
    | 'log_epochs'
    | 'tiles'
  /** Index of the leaf concerned: its sequence less one. */
  readonly leafIndex: number
  readonly message: string
}

export interface BooksReport {
  readonly tenantId: string
  readonly ok: boolean
  /** Leaves in the log. */
  readonly size: number
  /** Root of the recomputed tree, hexadecimal. */
  readonly root: string
  readonly accountCount: number
  readonly entryCount: number
  readonly checkpointCount: number
  /** Lowest leaf index first, at most `FINDINGS_LIMIT`. */
  readonly findings: readonly BooksFinding[]
}

export interface VerifyBooksOptions {
  /** Keys that may have signed checkpoints; left out: signatures are not checked. */
  readonly publicKeys?: readonly Uint8Array[]
  /** Called after each page with the leaves checked so far. */
  readonly onProgress?: (leafCount: number) => void
}

export const FINDINGS_LIMIT = 100
const PAGE = 2_000

/**
 * Recomputes a tenant's books from its log and holds every table against it: leaves, hashes, the tree of every batch,
 * signed checkpoints, tiles, entries with their running sums, accounts, holds. Reads page by page; memory grows with
 * accounts and holds, not with history. Reads what is committed: run it on a quiet database or accept that rows
 * written meanwhile are checked next time.
 */
export async function verifyBooks(
  db: Database,
  tenantId: string,
  options: VerifyBooksOptions = {},
): Promise<BooksReport> {
  const tenant = toUuid(tenantId, 'ten')
  const [books] = await db.query<{ origin: string; time_zone: string }>(
    'select origin, time_zone from books where tenant_id = $1',
    [tenant],
  )
  const keys = { origin: books?.origin ?? '', publicKeys: options.publicKeys }
  const findings: BooksFinding[] = []
  const tell = (finding: BooksFinding): void => {
    findings.push(finding)
    if (findings.length >= 2 * FINDINGS_LIMIT) keepLowest(findings)
  }
  const model = new BooksModel(books?.time_zone ?? 'UTC')
  const epochs = await EpochCheck.open(db, tenant, keys, tell)
  const log = new LogCheck(db, tenant, { tell, epochs, publicKeys: options.publicKeys })
  let entryCount = 0
  let last = 0

  for (let isMore = true; isMore; ) {
    const rows = await readTransactions(db, tenant, last)
    const expected: ExpectedEntry[] = []
    for (const row of rows) {
      const leaf = checkLeaf(row, last + 1, tenantId, tell)
      last = Number(row.sequence)
      await log.append(hashLeaf(row.leaf))
      await epochs.pass(last, leaf)
      if (leaf === undefined) continue
      const { entries, contradictions } = attempt(model, leaf)
      for (const message of contradictions) tell({ table: 'transactions', leafIndex: last - 1, message })
      expected.push(...entries)
    }
    entryCount += expected.length
    await compareEntries(db, tenant, expected, tell)
    isMore = rows.length === PAGE
    options.onProgress?.(log.size)
  }
  await log.finish()
  epochs.finish(log.size)
  await compareAccounts(db, tenant, model, tell)
  await compareHolds(db, tenant, model, tell)
  await compareLimitGroups(db, tenant, model, tell)

  keepLowest(findings)
  const { size, root, checkpointCount } = log
  const accountCount = model.accounts.size
  return { tenantId, ok: findings.length === 0, size, root, accountCount, entryCount, checkpointCount, findings }
}

/** The first that is wrong explains the rest. */
function keepLowest(findings: BooksFinding[]): void {
  findings.sort((a, b) => a.leafIndex - b.leafIndex)
  findings.splice(FINDINGS_LIMIT)
}

interface TransactionRow {
  readonly sequence: bigint
  readonly transaction_id: string
  readonly leaf: string
  readonly leaf_hash: Uint8Array
}

const readTransactions = (db: Queryable, tenant: string, after: number): Promise<TransactionRow[]> =>
  db.query<TransactionRow>(
    `select sequence, transaction_id, leaf, leaf_hash from transactions
     where tenant_id = $1 and sequence > $2 order by sequence limit ${PAGE}`,
    [tenant, after],
  )

type Tell = (finding: BooksFinding) => void

function checkLeaf(row: TransactionRow, expected: number, tenantId: string, tell: Tell): Leaf | undefined {
  const sequence = Number(row.sequence)
  const say = (message: string): void => tell({ table: 'transactions', leafIndex: sequence - 1, message })
  if (sequence !== expected) {
    tell({
      table: 'transactions',
      leafIndex: expected - 1,
      message: `sequences ${expected} to ${sequence - 1} are missing`,
    })
  }
  if (hex(hashLeaf(row.leaf)) !== hex(row.leaf_hash)) say('the leaf is not what was hashed')
  try {
    const leaf = parseLeaf(row.leaf)
    if (leafText(leaf) !== row.leaf) say('the leaf is not in canonical form')
    if (leaf.sequence !== sequence) say(`the leaf says that its sequence is ${leaf.sequence}`)
    if (leaf.tenant !== tenantId) say(`the leaf is of tenant ${leaf.tenant}`)
    if (leaf.id !== toTypeId('txn', row.transaction_id)) say(`the leaf is of transaction ${leaf.id}`)
    return leaf
  } catch (error) {
    say(`the leaf cannot be read: ${(error as Error).message}`)
    return undefined
  }
}

/** A leaf that was altered by hand may hold anything. */
function attempt(model: BooksModel, leaf: Leaf): ReturnType<BooksModel['apply']> {
  try {
    return model.apply(leaf)
  } catch (error) {
    return { entries: [], contradictions: [`the leaf cannot be read: ${(error as Error).message}`] }
  }
}

interface EntryRow {
  readonly n: bigint
  readonly kind: string
  readonly side: string
  readonly amount_minor: bigint
  readonly debits_posted: bigint
  readonly credits_posted: bigint
  readonly debits_pending: bigint
  readonly credits_pending: bigint
}

async function compareEntries(
  db: Queryable,
  tenant: string,
  expected: readonly ExpectedEntry[],
  tell: Tell,
): Promise<void> {
  if (expected.length === 0) return
  const rows = await db.query<EntryRow>(
    `select x.n, e.kind::text as kind, e.side::text as side, e.amount_minor,
            e.debits_posted, e.credits_posted, e.debits_pending, e.credits_pending
     from unnest($2::uuid[], $3::bigint[], $4::smallint[]) with ordinality as x(account, sequence, position, n)
     join entries e on e.tenant_id = $1 and e.account_id = x.account and e.sequence = x.sequence
                   and e.position = x.position`,
    [
      tenant,
      sqlArray(expected.map(({ accountId }) => toUuid(accountId, 'acc'))),
      sqlArray(expected.map(({ sequence }) => sequence)),
      sqlArray(expected.map(({ position }) => position)),
    ],
  )
  const found = new Map(rows.map((row) => [Number(row.n), row]))
  for (const [at, entry] of expected.entries()) {
    const message = contradictionOf(entry, found.get(at + 1))
    if (message)
      tell({ table: 'entries', leafIndex: entry.sequence - 1, message: `account ${entry.accountId}: ${message}` })
  }
}

function contradictionOf(entry: ExpectedEntry, row: EntryRow | undefined): string | undefined {
  if (row === undefined) return 'the entry is missing'
  if (row.kind !== entry.kind || row.side !== entry.side) return `the entry is a ${row.side} of kind ${row.kind}`
  if (row.amount_minor !== entry.amountMinor) return `the amount is ${row.amount_minor}, not ${entry.amountMinor}`
  const same =
    row.debits_posted === entry.debitsPosted &&
    row.credits_posted === entry.creditsPosted &&
    row.debits_pending === entry.debitsPending &&
    row.credits_pending === entry.creditsPending
  return same ? undefined : 'the running sums are others'
}
