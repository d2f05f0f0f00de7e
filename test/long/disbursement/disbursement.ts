import type { Database } from '@pisto/ledger'
import { sqlArray, toUuid } from '@pisto/ledger'
import { callEach, centavos, type LongBooks, openLongBooks, verifyFully } from '../long-books.ts'

const CALLERS = 64
/** Accounts that one transaction opens. */
const OPENED_AT_ONCE = 500
const CURRENCY = 'GTQ'
/** Nothing of it depends on the time. */
const BUSINESS_TIME = new Date('2026-01-30T12:00:00.000Z')

export interface DisbursementOptions {
  /** Payments out of one account, each to a wallet of its own. */
  readonly items: number
  /** Payments that travel in one transaction: all of them happen or none. */
  readonly together: number
  readonly onProgress?: (what: string, done: number, total: number) => void
}

export interface DisbursementReport {
  readonly items: number
  readonly together: number
  /** From the first request to the last answer; the wallets were there before. */
  readonly ms: number
  readonly itemsPerSecond: number
  /** The largest resident size of this process that was seen, in bytes. */
  readonly residentBytes: number
  readonly faults: readonly string[]
}

/**
 * Pays many wallets out of one funded account, which ends at exactly zero. The first wallet gets 0.01, the next 0.02,
 * and so on up to 10.00, then again from 0.01: a payment to the wrong wallet would be seen.
 *
 * @param now Milliseconds of a clock that only goes forward.
 */
export async function runDisbursement(
  db: Database,
  { items, together, onProgress = () => undefined }: DisbursementOptions,
  now: () => number,
): Promise<DisbursementReport> {
  const books = await openLongBooks(db, { now: () => BUSINESS_TIME })
  const fund = books.ids.next('acc')
  const wallets = Array.from({ length: items }, () => books.ids.next('acc'))
  const totalMinor = wallets.reduce((sum, _, n) => sum + minorOf(n), 0n)
  await openAccounts(books, { fund, wallets, totalMinor }, (done) => onProgress('wallets opened', done, items))

  const paymentCount = Math.ceil(items / together)
  const leafCount = 1 + Math.ceil(items / OPENED_AT_ONCE) + paymentCount
  let residentBytes = 0
  const begun = now()
  await callEach(paymentCount, CALLERS, async (n) => {
    const first = n * together
    const credited = wallets.slice(first, first + together)
    const decided = await books.ledger.decide(books.request(`pay-${n}`), () => ({
      purpose: 'disbursement.paid',
      transfers: credited.map((credit, at) => ({
        kind: 'posted',
        debit: fund,
        credit,
        amount: { amount: centavos(minorOf(first + at)), currency: CURRENCY },
      })),
      answer: null,
    }))
    if (!decided.ok) throw new Error(`payment ${n} was refused: ${decided.refusal.code}`)
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss())
    onProgress('items paid', first, items)
  })
  const ms = now() - begun
  await books.ledger.stop()

  const faults = await wrongBalances(books, { fund, wallets })
  const verified = await verifyFully(books, (leaves) => onProgress('leaves verified', leaves, leafCount))
  faults.push(...verified.faults)
  return { items, together, ms, itemsPerSecond: Math.round((items * 1000) / ms), residentBytes, faults }
}

const minorOf = (n: number): bigint => BigInt((n % 1000) + 1)

interface Accounts {
  readonly fund: string
  readonly wallets: readonly string[]
}

async function openAccounts(
  books: LongBooks,
  { fund, wallets, totalMinor }: Accounts & { readonly totalMinor: bigint },
  onProgress: (done: number) => void,
): Promise<void> {
  const cash = books.ids.next('acc')
  const account = { ownerId: null, currency: CURRENCY }
  await books.ledger.decide(books.request('open'), () => ({
    purpose: 'disbursement.funded',
    accounts: [
      { ...account, accountId: cash, purpose: 'cash', normalSide: 'debit', noOverdraft: false },
      { ...account, accountId: fund, purpose: 'fund', normalSide: 'credit', noOverdraft: true },
    ],
    transfers: [
      { kind: 'posted', debit: cash, credit: fund, amount: { amount: centavos(totalMinor), currency: CURRENCY } },
    ],
    answer: null,
  }))
  await callEach(Math.ceil(wallets.length / OPENED_AT_ONCE), CALLERS, async (n) => {
    const first = n * OPENED_AT_ONCE
    await books.ledger.decide(books.request(`open-${n}`), () => ({
      purpose: 'disbursement.opened',
      accounts: wallets.slice(first, first + OPENED_AT_ONCE).map((accountId) => ({
        ...{ ...account, accountId, purpose: 'wallet', normalSide: 'credit', noOverdraft: true },
      })),
      answer: null,
    }))
    onProgress(first)
  })
}

/** Read from the entries, wallet by wallet. */
async function wrongBalances({ db, tenantId }: LongBooks, { fund, wallets }: Accounts): Promise<string[]> {
  const faults: string[] = []
  const expected = [fund, ...wallets].map((id, at) => ({ id, minor: at === 0 ? 0n : minorOf(at - 1) }))
  for (let first = 0; first < expected.length; first += 10_000) {
    const part = expected.slice(first, first + 10_000)
    const wrong = await db.query<{ n: bigint; balance: bigint | null }>(
      `select x.n, e.balance from unnest($2::uuid[], $3::bigint[]) with ordinality as x(account, minor, n)
       left join lateral (
         select credits_posted - debits_posted as balance from entries
         where tenant_id = $1 and account_id = x.account order by sequence desc, position desc limit 1
       ) e on true where e.balance is distinct from x.minor`,
      [
        toUuid(tenantId, 'ten'),
        sqlArray(part.map(({ id }) => toUuid(id, 'acc'))),
        sqlArray(part.map(({ minor }) => minor)),
      ],
    )
    for (const { n, balance } of wrong) faults.push(`account ${first + Number(n) - 1} has ${balance}`)
  }
  return faults.slice(0, 20)
}
