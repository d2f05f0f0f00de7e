import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@pisto/ledger'
import { Draws } from '../../seeded.ts'
import { callEach, centavos, verifyFully } from '../long-books.ts'
import { type BankBooks, openBankBooks, randomLegs } from './bank-books.ts'
import { at, type Leg, type ReferenceRefusal } from './bank-reference.ts'
import { type DonePayment, type RefusedPayment, replay } from './replay.ts'
import { faultsOf, readAsOf, readByStatement, type Snapshot } from './snapshots.ts'

const WRITERS = 64
/** A reader rests between two snapshots: the writers are who is tested. */
const READER_PAUSE_MS = 20
/** The days and months of the limits pass with the payments: a wallet makes about four a day. */
const PAYMENTS_A_DAY = 400

export interface BankOptions {
  /** Payments that are tried; one in eight has two transfers. */
  readonly transfers: number
  readonly seed: number
  readonly onProgress?: (what: string, done: number, total: number) => void
}

export interface BankReport {
  readonly requests: number
  readonly done: number
  /** Refusals by code, or by the limit's name. */
  readonly refused: Readonly<Record<string, number>>
  readonly snapshots: Readonly<Record<Snapshot['source'], number>>
  /** From the first business day to the last. */
  readonly days: number
  readonly writeMs: number
  readonly leaves: number
  /** Nothing is wrong: empty. */
  readonly faults: readonly string[]
}

/**
 * 64 writers move money between 100 guarded wallets in two currencies, some within limits, while others read. Each
 * snapshot must sum to zero with nobody below zero; in the end everything is played once more on a plain reference.
 *
 * @param now Milliseconds of a clock that only goes forward.
 */
export async function runBank(db: Database, options: BankOptions, now: () => number): Promise<BankReport> {
  const { transfers, seed, onProgress = () => undefined } = options
  const books = await openBankBooks(db)
  const begun = { ms: now(), day: books.clock.now().getTime() }
  const readers = startReaders(books)
  const history = await write(books, transfers, new Draws(seed), (done) => onProgress('payments', done, transfers))
  const writeMs = now() - begun.ms
  const snapshots = await readers.stop()
  await books.ledger.stop()

  onProgress('replayed', 0, transfers)
  const faults = snapshots.flatMap((snapshot) => faultsOf(books, snapshot))
  faults.push(...(await replay(books, { ...history, snapshots })))
  const verified = await verifyFully(books, (leaves) => onProgress('leaves verified', leaves, history.done.length))
  faults.push(...verified.faults)

  const countOf = (source: Snapshot['source']): number => snapshots.filter((one) => one.source === source).length
  const refused: Record<string, number> = {}
  for (const { refusal } of history.refused) {
    const name = [refusal.code, refusal.facts['limit']].filter(Boolean).join(' ')
    refused[name] = (refused[name] ?? 0) + 1
  }
  return {
    requests: transfers,
    done: history.done.length,
    refused,
    snapshots: { sql: countOf('sql'), asOf: countOf('asOf') },
    days: Math.round((books.clock.now().getTime() - begun.day) / 86_400_000),
    writeMs,
    leaves: verified.leaves,
    faults,
  }
}

async function write(books: BankBooks, count: number, random: Draws, onProgress: (done: number) => void) {
  const done: DonePayment[] = []
  const refused: RefusedPayment[] = []
  const stepMs = Math.round(86_400_000 / PAYMENTS_A_DAY)
  let known = at(books.funded, books.funded.length - 1).sequence
  await callEach(count, WRITERS, async (n) => {
    const legs = randomLegs(random)
    const from = known
    let time = books.clock.now()
    books.clock.pass(stepMs)
    const decided = await books.ledger.decide(books.request(`pay-${n}`), ({ ledgerTime }) => {
      time = ledgerTime
      return paymentOf(books, legs)
    })
    if (decided.ok) {
      const { sequence } = decided.answer
      known = Math.max(known, sequence)
      done.push({ legs, sequence, time })
    } else {
      const to = known + WRITERS // what happened before it, and is not yet known here, is one of those under way
      refused.push({ legs, refusal: toRefusal(books, decided.refusal), time, from, to })
    }
    if (n % 1000 === 0) onProgress(n)
  })
  return { done, refused }
}

const paymentOf = ({ accountIds, accounts }: BankBooks, legs: readonly Leg[]) => ({
  purpose: 'bank.paid',
  transfers: legs.map(({ from, to, minor }) => ({
    kind: 'posted' as const,
    debit: at(accountIds, from),
    credit: at(accountIds, to),
    amount: { amount: centavos(minor), currency: at(accounts, from).currency },
  })),
  answer: ({ sequence }: { readonly sequence: number }) => ({ sequence }),
})

/** With the account's number in place of its id. */
function toRefusal({ numberOf }: BankBooks, { code, facts }: ReferenceRefusal): ReferenceRefusal {
  const { accountId, ...others } = facts
  return { code, facts: accountId === undefined ? facts : { ...others, account: String(numberOf.get(accountId)) } }
}

/** Two who read, each in its own way, until they are stopped. */
function startReaders(books: BankBooks): { stop(): Promise<readonly Snapshot[]> } {
  const snapshots: Snapshot[] = []
  let isStopped = false
  const loop = async (read: () => Promise<Snapshot>): Promise<void> => {
    do {
      snapshots.push(await read())
      await delay(READER_PAUSE_MS)
    } while (!isStopped)
  }
  const readers = Promise.all([
    loop(() => readByStatement(books)),
    loop(async () => readAsOf(books, await books.ledger.headSequence(books.tenantId))),
  ])
  return {
    async stop() {
      isStopped = true
      await readers
      return snapshots
    },
  }
}
