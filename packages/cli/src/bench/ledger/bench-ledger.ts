import { connectPostgres, type Database, ledgerMigrations, migrate, openPglite } from '@pisto/ledger/database'
import { embeddedPostgres, MEASURED_SERVER } from '@pisto/testkit'
import { callTimes } from './callers.ts'
import { Contest, type ContestOptions } from './contest.ts'
import { enterBooks, enterPgbench, enterSqlLedger } from './contestants.ts'
import { measureGrowth } from './growth.ts'
import { currentLoad, describeMachine } from './machine.ts'
import { payments } from './payments.ts'
import { PistoBooks } from './pisto-books.ts'
import { measureProofs } from './proofs.ts'
import { ratiosOf } from './ratios.ts'
import type { LedgerBench } from './result.ts'

const WALLETS = 1_000
/** Callers that fill books when nothing is measured. */
const FILLERS = 1_000

export interface LedgerBenchOptions extends Omit<ContestOptions, 'onProgress'> {
  /** A PostgreSQL to make databases on; undefined: one of its own, durable, is started. */
  readonly databaseUrl: string | undefined
  /** The log has at least so many leaves when proofs are read. */
  readonly leaves: number
  /** Lets other books grow to 10 million entries as well. */
  readonly isLong: boolean
  /** The environment's PATH, where pgbench is looked for. */
  readonly path: string
  readonly clock: { now(): Date }
  readonly onProgress: (what: string, done: number, total: number) => void
}

/**
 * Measures the ledger on PostgreSQL and PGlite beside pgbench's TPC-B and a ledger that is a SQL function, on the same
 * server and in the same run. The books are verified at the end.
 *
 * @throws {CommandFailure} a transfer failed, or the books are not exactly what was acknowledged
 */
export async function benchLedger(options: LedgerBenchOptions): Promise<LedgerBench> {
  const { databaseUrl, clock, onProgress, seconds, rounds } = options
  const loadBefore = currentLoad()
  await using server = await embeddedPostgres(databaseUrl === undefined ? MEASURED_SERVER : { url: databaseUrl })
  await using databases = new AsyncDisposableStack()
  const migrated = async (db: Database): Promise<Database> => {
    databases.defer(() => db.close())
    await migrate(db, [ledgerMigrations])
    return db
  }
  const postgres = await migrated(connectPostgres(await server.newDatabase()))
  const pglite = await migrated(await openPglite({ migrations: [ledgerMigrations] }))
  const books = await PistoBooks.open(postgres, clock, WALLETS)
  const embedded = await PistoBooks.open(pglite, clock, WALLETS)
  const opened = { bytes: await books.storedBytes(), transfers: books.transferCount }

  const contest = new Contest()
  const figures = {
    pgbench: await enterPgbench(contest, await server.newDatabase(), options.path),
    sqlFunction: await enterSqlLedger(contest, await server.newDatabase(), WALLETS, databases),
    postgres: enterBooks(contest, books, WALLETS),
    pglite: enterBooks(contest, embedded, WALLETS),
  }
  await contest.run({ ...options, onProgress: (done, total) => onProgress('measurements', done, total) })
  const bytesPerTransfer = Math.round(
    ((await books.storedBytes()) - opened.bytes) / (books.transferCount - opened.transfers),
  )

  const next = payments('random', WALLETS)
  const missing = options.leaves - (await books.ledger.headSequence(books.tenantId))
  await callTimes(missing, FILLERS, () => books.transfer(next()))
  const proofs = await measureProofs(books, options.now)
  const growth = options.isLong ? await growNewBooks(postgres, options) : null
  for (const one of [books, embedded]) {
    await one.stop()
    await one.verify((leaves) => onProgress('leaves verified', leaves, one.transferCount))
  }

  const measured = {
    postgres: figures.postgres(),
    pglite: figures.pglite(),
    pgbench: figures.pgbench(),
    sqlFunction: figures.sqlFunction(),
    growth,
  }
  return {
    ...measured,
    bytesPerTransfer,
    ...proofs,
    ratios: ratiosOf(measured),
    machine: await describeMachine(postgres, loadBefore),
    measuring: { secondsPerFigure: seconds, rounds },
  }
}

async function growNewBooks(
  db: Database,
  { clock, now, onProgress }: LedgerBenchOptions,
): Promise<LedgerBench['growth']> {
  const books = await PistoBooks.open(db, clock, WALLETS)
  const points = await measureGrowth(books, {
    walletCount: WALLETS,
    now,
    onProgress: (entries, total) => onProgress('entries', entries, total),
  })
  await books.stop()
  return points
}
