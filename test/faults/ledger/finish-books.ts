import { type Database, type Ledger, migrate, verifyBooks } from '@pisto/ledger'
import { type CrashFinding, checkBooks, type Looking } from './check-books.ts'
import { answered, type JournalLine } from './journal.ts'
import { MIGRATIONS, openBooks, signerOf } from './open-ledger.ts'
import { ledgerRequest, planOf } from './requests.ts'

const AT_ONCE = 500

export interface Finished {
  readonly findings: readonly CrashFinding[]
  readonly transactionCount: number
}

/**
 * The last look at some books: every key once more, those without an answer
 * and those with one; then all notes, all tables, all balances.
 * @param next Of a process that has seen nothing yet.
 */
export async function finishBooks(looking: Looking, next: Ledger): Promise<Finished> {
  const { db, requests, outside } = looking
  const findings: CrashFinding[] = []
  const first = await checkBooks(looking, outside.notes)
  findings.push(...first.findings)

  await migrate(db, MIGRATIONS) // perhaps nobody got that far
  await openBooks(next, requests)
  const open = new Set(outside.open)
  const keys = [...outside.keys.keys()]
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const lines = await Promise.all(
      keys.slice(at, at + AT_ONCE).map(async (key): Promise<JournalLine> => {
        const request = requests.find(key)
        const decided = await next.decide(ledgerRequest(requests.tenantId, request), planOf(requests.tenantId, request))
        const isStored = !open.has(key) || first.done.has(key)
        if (isStored && !decided.replayed) {
          findings.push({ rule: 'once', message: `${key} was decided before and is decided anew` })
        }
        return answered(key, decided)
      }),
    )
    outside.read([lines])
  }

  const last = await checkBooks({ ...looking, ledger: next }, outside.notes)
  findings.push(...last.findings, ...(await verified(db, looking)))
  return { findings, transactionCount: last.transactionCount }
}

async function verified(db: Database, { requests }: Looking): Promise<CrashFinding[]> {
  const report = await verifyBooks(db, requests.tenantId, { publicKeys: [signerOf(requests).publicKey] })
  return report.findings.map(({ table, leafIndex, message }) => {
    return { rule: 'books', message: `${table}, leaf ${leafIndex}: ${message}` }
  })
}
