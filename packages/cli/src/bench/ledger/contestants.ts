import { connectPostgres } from '@pisto/ledger/database'
import { runCallers } from './callers.ts'
import type { Contest } from './contest.ts'
import type { Figure } from './figure.ts'
import { payments, type Workload } from './payments.ts'
import { findPgbench, type PgbenchProtocol, preparePgbench } from './pgbench.ts'
import type { PistoBooks } from './pisto-books.ts'
import { type ByCallers, type ByWorkload, CALLERS, type LedgerBench } from './result.ts'
import { openSqlLedger, sqlTransfer } from './sql-function.ts'

const SQL_CALLERS = 8

/** Pisto's ledger: each workload with each number of callers. */
export function enterBooks(contest: Contest, books: PistoBooks, walletCount: number): () => ByWorkload {
  const workload = (name: Workload): (() => ByCallers) => {
    const next = payments(name, walletCount)
    const entered = CALLERS.map((callers) => {
      const figure = contest.enter((load) => runCallers({ ...load, callers }, () => books.transfer(next())))
      return [callers, figure] as const
    })
    return () => Object.fromEntries(entered.map(([callers, figure]) => [callers, figure()])) as unknown as ByCallers
  }
  const random = workload('random')
  const hot = workload('hot')
  return () => ({ random: random(), hot: hot() })
}

/** @param resources Closes the connections. */
export async function enterSqlLedger(
  contest: Contest,
  url: string,
  accountCount: number,
  resources: AsyncDisposableStack,
): Promise<() => LedgerBench['sqlFunction']> {
  const db = connectPostgres(url, { connectionCount: SQL_CALLERS })
  resources.defer(() => db.close())
  await openSqlLedger(db, accountCount)
  const workload = (name: Workload): (() => Figure) => {
    const next = payments(name, accountCount)
    return contest.enter((load) => runCallers({ ...load, callers: SQL_CALLERS }, () => sqlTransfer(db, next())))
  }
  const random8 = workload('random')
  const hot8 = workload('hot')
  return () => ({ random8: random8(), hot8: hot8() })
}

/** @param path Where pgbench is looked for. Not there: null, never a made-up figure. */
export async function enterPgbench(contest: Contest, url: string, path: string): Promise<() => LedgerBench['pgbench']> {
  const program = await findPgbench(path)
  if (program === undefined) return () => ({ tpcb8: null, tpcb8Prepared: null })
  const pgbench = await preparePgbench(program, url)
  const protocol = (name: PgbenchProtocol): (() => Figure) =>
    contest.enter(async ({ seconds }) => ({ perSecond: await pgbench.measure(name, seconds), latenciesMs: [] }))
  const simple = protocol('simple')
  const prepared = protocol('prepared')
  return () => ({ tpcb8: simple().tps, tpcb8Prepared: prepared().tps })
}
