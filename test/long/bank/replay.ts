import { sqlArray, toUuid } from '@pisto/ledger'
import { centavos } from '../long-books.ts'
import { type BankBooks, dayOf } from './bank-books.ts'
import { at, BankReference, type Leg, type ReferenceEntry, type ReferenceRefusal } from './bank-reference.ts'
import type { Snapshot } from './snapshots.ts'

/** What was acknowledged of one request. */
export interface DonePayment {
  readonly legs: readonly Leg[]
  readonly sequence: number
  readonly time: Date
}

/** A request that was refused at some moment between two sequences: the newest known before it was sent, and after. */
export interface RefusedPayment {
  readonly legs: readonly Leg[]
  readonly refusal: ReferenceRefusal
  readonly time: Date
  readonly from: number
  readonly to: number
}

export interface History {
  readonly done: readonly DonePayment[]
  readonly refused: readonly RefusedPayment[]
  readonly snapshots: readonly Snapshot[]
}

const PAGE = 2_000
const FAULTS_LIMIT = 20

/**
 * Plays what was acknowledged once more on the reference, by sequence, and holds everything against it: each was
 * allowed and made the entries that are stored; each refusal is, to the last fact, the reference's at a moment while the
 * request was under way; each snapshot is the reference after exactly its sequence.
 *
 * @returns What is wrong, the first 20.
 */
export async function replay(books: BankBooks, { done, refused, snapshots }: History): Promise<readonly string[]> {
  const reference = new BankReference(books.accounts, books.limits, centavos)
  const faults: string[] = []
  const history = [...done].sort((a, b) => a.sequence - b.sequence)
  const waiting = [...refused].sort((a, b) => a.from - b.from)
  const seen = Map.groupBy(snapshots, ({ sequence }) => sequence)
  let open: RefusedPayment[] = []
  let nextWaiting = 0
  let page: (ReferenceEntry & { readonly sequence: number })[] = []
  let entryCount = 0

  const pass = (sequence: number): void => {
    for (let next = waiting[nextWaiting]; next && next.from <= sequence; next = waiting[++nextWaiting]) open.push(next)
    open = open.filter((one) => {
      if (isSame(reference.refusalOf(one.legs, dayOf(one.time)), one.refusal)) return false
      if (one.to > sequence) return true
      faults.push(`refused with ${JSON.stringify(one.refusal)} between ${one.from} and ${one.to}: at no moment right`)
      return false
    })
    for (const { source, balances } of seen.get(sequence) ?? []) {
      const other = balances.findIndex((balance, account) => balance !== reference.balance(account))
      if (other >= 0) {
        faults.push(`${source} ${sequence}: account ${other} has ${balances[other]}, not ${reference.balance(other)}`)
      }
    }
  }
  const enter = async (sequence: number, entries: readonly ReferenceEntry[]): Promise<void> => {
    entryCount += entries.length
    for (const entry of entries) page.push({ ...entry, sequence })
    if (page.length < PAGE) return
    faults.push(...(await missingEntries(books, page)))
    page = []
  }

  let last = 1 // the accounts were opened by the first
  for (const { sequence, leg } of books.funded) {
    await enter(sequence, reference.fund(leg))
    last = sequence
  }
  pass(last)
  for (const { sequence, legs, time } of history) {
    if (sequence !== last + 1) faults.push(`after ${last} comes ${sequence}`)
    last = sequence
    const entries = reference.apply(legs, dayOf(time))
    if ('code' in entries) faults.push(`${sequence} happened: ${entries.code} ${JSON.stringify(entries.facts)}`)
    else await enter(sequence, entries)
    pass(sequence)
    if (faults.length >= FAULTS_LIMIT) return faults.slice(0, FAULTS_LIMIT)
  }
  for (const { from, refusal } of [...open, ...waiting.slice(nextWaiting)]) {
    faults.push(`refused with ${JSON.stringify(refusal)} after ${from}: at no moment right`)
  }
  for (const { sequence } of snapshots) if (sequence > last) faults.push(`a snapshot has ${sequence}, after ${last}`)
  faults.push(...(await missingEntries(books, page)))
  const [row] = await books.db.query<{ count: bigint }>('select count(*) as count from entries where tenant_id = $1', [
    toUuid(books.tenantId, 'ten'),
  ])
  if (Number(row?.count) !== entryCount) faults.push(`${row?.count} entries are stored, not ${entryCount}`)
  return faults.slice(0, FAULTS_LIMIT)
}

const isSame = (one: ReferenceRefusal | undefined, { code, facts }: ReferenceRefusal): boolean =>
  one !== undefined && one.code === code && sorted(one.facts) === sorted(facts)

const sorted = (facts: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(facts).sort())

/** Entries that are not stored exactly so. */
async function missingEntries(
  { db, tenantId, accountIds }: BankBooks,
  entries: readonly (ReferenceEntry & { readonly sequence: number })[],
): Promise<string[]> {
  if (entries.length === 0) return []
  const rows = await db.query<{ n: bigint }>(
    `select x.n
     from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
       with ordinality as x(account, sequence, position, side, minor, debits, credits, n)
     join entries e on e.tenant_id = $1 and e.account_id = x.account and e.sequence = x.sequence
       and e.position = x.position and e.kind = 'posted' and e.side::text = x.side and e.amount_minor = x.minor
       and e.debits_posted = x.debits and e.credits_posted = x.credits
       and e.debits_pending = 0 and e.credits_pending = 0`,
    [
      toUuid(tenantId, 'ten'),
      sqlArray(entries.map(({ account }) => toUuid(at(accountIds, account), 'acc'))),
      sqlArray(entries.map(({ sequence }) => sequence)),
      sqlArray(entries.map(({ position }) => position)),
      sqlArray(entries.map(({ side }) => side)),
      sqlArray(entries.map(({ minor }) => minor)),
      sqlArray(entries.map(({ debits }) => debits)),
      sqlArray(entries.map(({ credits }) => credits)),
    ],
  )
  const found = new Set(rows.map(({ n }) => Number(n)))
  return entries.flatMap(({ account, sequence, debits, credits }, n) =>
    found.has(n + 1) ? [] : [`${sequence}: account ${account} has no such entry (${debits} − ${credits})`],
  )
}
