import type { Database, Ledger } from '@pisto/ledger'
import { Frontier, leafHash } from '@pisto/proof'
import { checkNotes } from './check-notes.ts'
import type { Outside } from './outside.ts'
import { centavos } from './quetzales.ts'
import { type Leg, Reference } from './reference.ts'
import type { CrashRequests } from './requests.ts'
import { readBooks, type StoredBooks, type StoredTransaction } from './stored-books.ts'

export interface CrashFinding {
  readonly rule:
    | 'answers' // no two answers to one key contradict each other
    | 'acknowledged' // what was acknowledged is there
    | 'whole' // everything happened wholly or not at all
    | 'once' // no key has an effect twice, and nothing happened that nobody asked for
    | 'gapless' // batches and sequences have no gaps
    | 'log' // the tree is the leaves', and no signed head is contradicted
    | 'balances' // the sums are those of the plain reference
    | 'books' // `verifyBooks`
    | 'writer' // the program itself goes on
  readonly message: string
}

export interface Looking {
  readonly db: Database
  readonly ledger: Ledger
  readonly requests: CrashRequests
  readonly outside: Outside
}

type Tell = (rule: CrashFinding['rule'], message: string) => void

export interface LookedAt {
  readonly findings: readonly CrashFinding[]
  /** Stored outcomes of what was not refused, by key. */
  readonly done: ReadonlyMap<string, string>
  readonly transactionCount: number
}

/**
 * Holds books that nobody writes to against all that the world was told about them.
 * @param notes The signed checkpoints to compare: all, or those that are new.
 */
export async function checkBooks(
  { db, ledger, requests, outside }: Looking,
  notes: Iterable<string>,
): Promise<LookedAt> {
  const findings: CrashFinding[] = []
  const tell: Tell = (rule, message) => {
    findings.push({ rule, message })
  }
  for (const message of outside.contradictions) tell('answers', message)
  if (!(await hasTables(db))) {
    for (const key of outside.answered) tell('acknowledged', `${key} was answered, and there are no tables`)
    return { findings, done: new Map(), transactionCount: 0 }
  }
  const books = await readBooks(db, ledger, requests.tenantId)
  const done = doneOf(books, tell)
  compareAnswers(outside, books, done, tell)
  compareGaps(books, tell)
  compareHistory(books, done, requests, tell)
  const head = treeOf(books, tell)
  for (const message of await checkNotes(ledger, requests, notes, head)) tell('log', message)
  return { findings, done, transactionCount: books.transactions.length }
}

/** The last migration's are there. */
async function hasTables(db: Database): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(`select to_regclass('crash_orders') is not null as found`)
  return row?.found ?? false
}

/** Outcomes that are stored, by key. */
function doneOf({ decisions }: StoredBooks, tell: Tell): Map<string, string> {
  const done = new Map<string, string>()
  for (const { outcome } of decisions.filter(({ done }) => done)) {
    const { key } = JSON.parse(outcome) as { key: string }
    if (done.has(key)) tell('once', `${key} is decided twice`)
    done.set(key, outcome)
  }
  return done
}

function compareAnswers(outside: Outside, { decisions }: StoredBooks, done: Map<string, string>, tell: Tell): void {
  const refused = new Map<string, number>()
  for (const { done, outcome } of decisions) if (!done) refused.set(outcome, (refused.get(outcome) ?? 0) + 1)
  for (const [key, seen] of outside.keys) {
    if (seen === undefined) continue
    if (seen.ok) {
      const stored = done.get(key)
      if (stored !== seen.outcome) tell('acknowledged', `${key} was answered ${seen.outcome}, stored is ${stored}`)
      continue
    }
    if (done.has(key)) tell('acknowledged', `${key} was refused, stored is ${done.get(key)}`)
    const left = refused.get(seen.outcome) ?? 0 // a refusal does not name its key: they are counted
    if (left === 0) tell('acknowledged', `${key} was refused ${seen.outcome}: that is not stored`)
    refused.set(seen.outcome, left - 1)
  }
  for (const key of done.keys()) if (!outside.keys.has(key)) tell('once', `${key} is decided, and nobody sent it`)
  const unasked = [...refused.values()].reduce((sum, left) => sum + Math.max(left, 0), 0)
  const openCount = outside.open.filter((key) => !done.has(key)).length
  if (unasked > openCount) tell('once', `${unasked} refusals are stored of ${openCount} requests that are unanswered`)
}

function compareGaps({ batches, transactions }: StoredBooks, tell: Tell): void {
  let last = 0
  for (const [index, batch] of batches.entries()) {
    if (batch.number !== index + 1) tell('gapless', `batch ${batch.number} stands where ${index + 1} is expected`)
    if (batch.first !== last + 1) tell('gapless', `batch ${batch.number} begins at ${batch.first}, not ${last + 1}`)
    last = batch.last
  }
  for (const [index, { sequence }] of transactions.entries()) {
    if (sequence !== index + 1) tell('gapless', `sequence ${sequence} stands where ${index + 1} is expected`)
  }
  if (last !== transactions.length) tell('gapless', `batches end at ${last}, transactions at ${transactions.length}`)
}

/** Leaf by leaf: whose it is, whether all of it is there, and where it leaves the balances. */
function compareHistory(
  books: StoredBooks,
  done: ReadonlyMap<string, string>,
  requests: CrashRequests,
  tell: Tell,
): void {
  const reference = new Reference()
  const missing = new Map([...done].filter(([, outcome]) => (JSON.parse(outcome) as { sequence: number }).sequence > 0))
  for (const transaction of books.transactions) {
    const { sequence, transactionId } = transaction
    const { references } = JSON.parse(transaction.leaf) as { references: { key: string } }
    const { key } = references
    if (done.get(key) !== JSON.stringify({ key, transactionId, sequence })) {
      tell(done.has(key) ? 'once' : 'whole', `sequence ${sequence} is of ${key}, whose outcome is ${done.get(key)}`)
    }
    missing.delete(key)
    try {
      const legs = reference.apply(requests.find(key))
      compareLeaf(transaction, legs, tell)
      const [has, needs] = [books.entryCounts.get(sequence) ?? 0, 2 * legs.length]
      if (has !== needs) tell('whole', `sequence ${sequence} of ${key} has ${has} entries of ${needs}`)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      tell('balances', `sequence ${sequence} of ${key} cannot have happened: ${error.message}`)
    }
  }
  for (const [key, outcome] of missing) tell('whole', `${key} is decided ${outcome}, and no such transaction is there`)
  compareStates(books, reference, tell)
}

function compareLeaf({ sequence, leaf }: StoredTransaction, legs: readonly Leg[], tell: Tell): void {
  const { transfers } = JSON.parse(leaf) as {
    transfers: { kind: string; debit: string; credit: string; amount: string; currency: string; hold?: string }[]
  }
  const stored = transfers.map(({ kind, debit, credit, hold, ...amount }) => {
    return [kind, debit, credit, centavos(amount), hold].join(' ')
  })
  const asked = legs.map(({ kind, debit, credit, minor, hold }) => [kind, debit, credit, minor, hold].join(' '))
  if (stored.join('\n') !== asked.join('\n')) tell('whole', `sequence ${sequence} moved ${stored}, asked was ${asked}`)
}

function compareStates(books: StoredBooks, reference: Reference, tell: Tell): void {
  const { balances, holds, orders } = reference
  for (const { accountId, ...account } of books.accounts) {
    const expected = balances.get(accountId)
    balances.delete(accountId)
    for (const name of ['posted', 'pending', 'available'] as const) {
      const has = centavos(account[name])
      if (has !== expected?.[name]) tell('balances', `${accountId}: ${name} is ${has}, not ${expected?.[name]}`)
    }
  }
  for (const id of balances.keys()) tell('whole', `account ${id} is missing`)
  const statuses = new Map([...holds].map(([id, { status }]) => [id, status]))
  compareRows('hold', books.holds, statuses, tell)
  compareRows('order', books.orders, orders, tell)
}

function compareRows(
  what: string,
  stored: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
  tell: Tell,
): void {
  for (const id of new Set([...stored.keys(), ...expected.keys()])) {
    const [has, needs] = [stored.get(id), expected.get(id)]
    if (has !== needs) tell('whole', `${what} ${id} is ${has ?? 'missing'}, not ${needs ?? 'there'}`)
  }
}

/** The tree over the leaves as they are stored, which must be the one that the newest batch hashed. */
function treeOf({ transactions, frontier }: StoredBooks, tell: Tell): Frontier {
  const tree = Frontier.empty()
  for (const { leaf } of transactions) tree.append(leafHash(new TextEncoder().encode(leaf)))
  const isSame = Buffer.from(frontier ?? Frontier.empty().encode()).equals(tree.encode())
  if (!isSame) tell('log', `the ${transactions.length} leaves are not those that the newest batch hashed`)
  return tree
}
