import { type Statement, sqlArray } from './database/database.ts'
import type { Effects } from './decide.ts'
import type { Decision } from './decisions.ts'
import { insertDecisions } from './decisions.ts'
import type { LimitGroupState } from './limits/limit-group.ts'
import { writeLimitGroups } from './limits/store.ts'
import type { AccountPlan } from './model.ts'
import type { Head } from './state.ts'
import { toUuid } from './type-id.ts'

/** A decided transaction that takes a sequence. */
export interface PlacedTransaction {
  readonly transactionId: string
  readonly sequence: number
  readonly leaf: string
  readonly leafHash: Uint8Array
  readonly accountPlans: readonly AccountPlan[]
  readonly effects: Effects
}

/** One batch, ready to be written. */
export interface BatchContent {
  /** uuid of the tenant. */
  readonly tenant: string
  readonly previous: Head
  readonly head: Head
  readonly decisions: readonly Decision[]
  readonly transactions: readonly PlacedTransaction[]
  /** Limit groups as the batch leaves them. */
  readonly limitGroups: ReadonlyMap<string, LimitGroupState>
}

/** Writers of one tenant take turns; the lock alone would not show that a decision was made on an old head. */
export const lockBooks = (tenant: string): Statement => ({
  sql: 'select 1 from books where tenant_id = $1 for no key update',
  parameters: [tenant],
})

/** The statements of a batch after the lock, in order; the batch row first, since it is the fence. */
export function batchStatements(batch: BatchContent): Statement[] {
  const { tenant, head, decisions, transactions } = batch
  return [
    insertBatch(batch),
    insertDecisions(tenant, decisions, head.ledgerTime),
    ...(transactions.length > 0 ? [insertTransactions(tenant, transactions)] : []),
    ...limitGroupStatements(batch),
    ...insertAccounts(tenant, head.ledgerTime, transactions),
    ...changeAccounts(tenant, transactions),
    ...insertEntries(tenant, transactions),
    ...insertHolds(tenant, transactions),
    ...resolveHolds(tenant, transactions),
  ]
}

function insertBatch({ tenant, previous, head, transactions, limitGroups }: BatchContent): Statement {
  const changed = new Set(limitGroups.keys())
  for (const { effects } of transactions) {
    for (const id of effects.accounts.keys()) changed.add(id)
    for (const id of effects.holds.keys()) changed.add(id)
  }
  return {
    sql: `insert into batches
            (tenant_id, batch_number, first_sequence, last_sequence, ledger_time, frontier, changed)
          values ($1, $2, $3, $4, $5, $6, $7::uuid[])`,
    parameters: [
      tenant,
      head.batchNumber,
      previous.lastSequence + 1,
      head.lastSequence,
      head.ledgerTime,
      head.frontier,
      sqlArray(Array.from(changed, (id) => toUuid(id))),
    ],
  }
}

function insertTransactions(tenant: string, transactions: readonly PlacedTransaction[]): Statement {
  return {
    sql: `insert into transactions (tenant_id, sequence, transaction_id, leaf, leaf_hash)
          select $1, x.sequence, x.id, x.leaf, x.hash
          from unnest($2::bigint[], $3::uuid[], $4::text[], $5::bytea[]) as x(sequence, id, leaf, hash)`,
    parameters: [
      tenant,
      sqlArray(transactions.map(({ sequence }) => sequence)),
      sqlArray(transactions.map(({ transactionId }) => toUuid(transactionId, 'txn'))),
      sqlArray(transactions.map(({ leaf }) => leaf)),
      sqlArray(transactions.map(({ leafHash }) => leafHash)),
    ],
  }
}

function insertAccounts(tenant: string, openedAt: Date, transactions: readonly PlacedTransaction[]): Statement[] {
  const opened = transactions.flatMap(({ accountPlans, sequence }) => accountPlans.map((plan) => ({ plan, sequence })))
  if (opened.length === 0) return []
  return [
    {
      sql: `insert into accounts
              (tenant_id, account_id, purpose, owner_id, currency, normal_side, no_overdraft, opened_sequence,
               limit_group_ids, opened_at)
            select $1, x.id, x.purpose, x.owner, x.currency, x.side::ledger_side, x.guard, x.sequence,
                   x.limit_groups::uuid[], $10
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::bigint[],
                        $9::text[])
              as x(id, purpose, owner, currency, side, guard, sequence, limit_groups)`,
      parameters: [
        tenant,
        sqlArray(opened.map(({ plan }) => toUuid(plan.accountId, 'acc'))),
        sqlArray(opened.map(({ plan }) => plan.purpose)),
        sqlArray(opened.map(({ plan }) => plan.ownerId)),
        sqlArray(opened.map(({ plan }) => plan.currency)),
        sqlArray(opened.map(({ plan }) => plan.normalSide)),
        sqlArray(opened.map(({ plan }) => plan.noOverdraft)),
        sqlArray(opened.map(({ sequence }) => sequence)),
        sqlArray(opened.map(({ plan }) => uuidArrayText(plan.limitGroupIds ?? []))),
        openedAt,
      ],
    },
  ]
}

/** An array within an array: PostgreSQL's own text form. */
const uuidArrayText = (groupIds: readonly string[]): string => `{${groupIds.map((id) => toUuid(id, 'lgr')).join(',')}}`

function changeAccounts(tenant: string, transactions: readonly PlacedTransaction[]): Statement[] {
  const status = new Map<string, string>()
  for (const { effects } of transactions) for (const { id, status: to } of effects.changed) status.set(id, to)
  if (status.size === 0) return []
  return [
    {
      sql: `update accounts a set status = x.status from unnest($2::uuid[], $3::text[]) as x(id, status)
            where a.tenant_id = $1 and a.account_id = x.id`,
      parameters: [tenant, sqlArray([...status.keys()].map((id) => toUuid(id, 'acc'))), sqlArray([...status.values()])],
    },
  ]
}

function limitGroupStatements({ tenant, transactions, limitGroups }: BatchContent): Statement[] {
  if (limitGroups.size === 0) return []
  const setSequences = new Map<string, number>()
  for (const { effects, sequence } of transactions)
    for (const { id } of effects.limitsSet) setSequences.set(id, sequence)
  const sorted = [...limitGroups].sort(([a], [b]) => (a < b ? -1 : 1))
  return writeLimitGroups(
    tenant,
    sorted.map(([id, group]) => ({ group, setSequence: setSequences.get(id) })),
  )
}

function insertEntries(tenant: string, transactions: readonly PlacedTransaction[]): Statement[] {
  const rows = sortedEntries(transactions)
  if (rows.length === 0) return []
  return [
    {
      sql: `insert into entries (tenant_id, account_id, sequence, position, kind, side, amount_minor,
                                 debits_posted, credits_posted, debits_pending, credits_pending)
            select $1, x.account, x.sequence, x.position, x.kind::transfer_kind, x.side::ledger_side, x.amount,
                   x.dp, x.cp, x.dh, x.ch
            from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::text[], $6::text[], $7::bigint[],
                        $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
              as x(account, sequence, position, kind, side, amount, dp, cp, dh, ch)`,
      parameters: [
        tenant,
        sqlArray(rows.map(({ uuid }) => uuid)),
        sqlArray(rows.map(({ sequence }) => sequence)),
        sqlArray(rows.map(({ entry }) => entry.position)),
        sqlArray(rows.map(({ entry }) => entry.kind)),
        sqlArray(rows.map(({ entry }) => entry.side)),
        sqlArray(rows.map(({ entry }) => entry.amountMinor)),
        sqlArray(rows.map(({ entry }) => entry.after.debitsPosted)),
        sqlArray(rows.map(({ entry }) => entry.after.creditsPosted)),
        sqlArray(rows.map(({ entry }) => entry.after.debitsPending)),
        sqlArray(rows.map(({ entry }) => entry.after.creditsPending)),
      ],
    },
  ]
}

interface EntryRow {
  readonly uuid: string
  readonly sequence: number
  readonly entry: Effects['entries'][number]
}

/** As the primary key sorts them. Transactions and their transfers are in order already: only accounts are sorted. */
function sortedEntries(transactions: readonly PlacedTransaction[]): EntryRow[] {
  const byAccount = new Map<string, EntryRow[]>()
  for (const { effects, sequence } of transactions) {
    for (const entry of effects.entries) {
      const rows = byAccount.get(entry.accountId)
      if (rows) rows.push({ uuid: rows[0]?.uuid ?? '', sequence, entry })
      else byAccount.set(entry.accountId, [{ uuid: toUuid(entry.accountId), sequence, entry }])
    }
  }
  return [...byAccount.keys()].sort().flatMap((accountId) => byAccount.get(accountId) ?? [])
}

/** Holds opened in this batch, as they were opened: what resolves them comes after. */
function insertHolds(tenant: string, transactions: readonly PlacedTransaction[]): Statement[] {
  const opened = transactions.flatMap(({ effects, sequence }) =>
    effects.transfers
      .filter(({ kind }) => kind === 'pending')
      .flatMap(({ hold: holdId = '' }) => {
        const hold = effects.holds.get(holdId)
        return hold ? [{ hold, sequence }] : []
      }),
  )
  if (opened.length === 0) return []
  return [
    {
      sql: `insert into holds (tenant_id, hold_id, debit_account_id, credit_account_id, amount_minor, currency,
                               expires_at, status, opened_sequence, counted_day)
            select $1, x.id, x.debit, x.credit, x.amount, x.currency, x.expires_at, 'pending', x.sequence, x.counted
            from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::timestamptz[], $8::bigint[],
                        $9::text[])
              as x(id, debit, credit, amount, currency, expires_at, sequence, counted)`,
      parameters: [
        tenant,
        sqlArray(opened.map(({ hold }) => toUuid(hold.holdId, 'hld'))),
        sqlArray(opened.map(({ hold }) => toUuid(hold.debit, 'acc'))),
        sqlArray(opened.map(({ hold }) => toUuid(hold.credit, 'acc'))),
        sqlArray(opened.map(({ hold }) => hold.amountMinor)),
        sqlArray(opened.map(({ hold }) => hold.currency)),
        sqlArray(opened.map(({ hold }) => hold.expiresAt)),
        sqlArray(opened.map(({ sequence }) => sequence)),
        sqlArray(opened.map(({ hold }) => hold.countedDay)),
      ],
    },
  ]
}

function resolveHolds(tenant: string, transactions: readonly PlacedTransaction[]): Statement[] {
  const resolved = transactions.flatMap(({ effects, sequence }) =>
    [...effects.resolved].map(([holdId, postedMinor]) => ({
      holdId,
      postedMinor,
      sequence,
      status: effects.holds.get(holdId)?.status ?? 'posted',
    })),
  )
  if (resolved.length === 0) return []
  return [
    {
      sql: `update holds h set status = x.status, posted_minor = x.posted, resolved_sequence = x.sequence
            from unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[]) as x(id, status, posted, sequence)
            where h.tenant_id = $1 and h.hold_id = x.id`,
      parameters: [
        tenant,
        sqlArray(resolved.map(({ holdId }) => toUuid(holdId, 'hld'))),
        sqlArray(resolved.map(({ status }) => status)),
        sqlArray(resolved.map(({ postedMinor }) => postedMinor)),
        sqlArray(resolved.map(({ sequence }) => sequence)),
      ],
    },
  ]
}
