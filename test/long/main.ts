import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { connectPostgres, ledgerMigrations, migrate } from '@pisto/ledger'
import { embeddedPostgres, MEASURED_SERVER, type Sandbox, startSandbox } from '@pisto/testkit'
import { runBank } from './bank/bank.ts'
import { runDisbursement } from './disbursement/disbursement.ts'
import { runForgeries } from './forgeries/forgeries.ts'
import { runImports } from './imports/imports.ts'
import { runLawChange } from './law-change/law-change.ts'
import { runQrCodes } from './qr-codes/qr-codes.ts'
import { runManySeeds } from './sync/many-seeds.ts'

const USAGE = `pnpm long NAME [--transfers N] [--seed S] [--from S --to S] [--together N] [--database-url URL]

bank           64 writers, 100 guarded wallets, readers beside them; then all of it once more on a plain reference.
forgeries      forgeries of signed codes and receipts, of every kind: none may be believed.
qr             changed codes: none may throw or hang; pictures, read by zbar and drawn by qrencode, byte for byte.
sync           agents' offline journals, with losses, doubles and kills, of the server, too: it equals a model.
imports        a file of merchants, sent and decided with every check; the books are recomputed afterwards.
law-change     a version of the law is applied to merchants of a file: one that asks for nothing, one that asks all.
disbursement   one account pays as many wallets as there are transfers; each then has exactly its own amount.

--from, --to    sync: the first and the last seed (1, 200); in parts, where it must not take long
--operations    sync: operations of each seed (1000)
--kill-every    sync: of so many seeds, one has a server that is killed with -9 again and again (10)
--transfers     how many payments (1000000)
--seed          bank, forgeries, qr: a whole number; the same seed asks for the same (1)
--count         forgeries: how many (10000); imports, law-change: how many rows (100000, 20000); qr: how many changed codes (1000000)
--images        qr: how many pictures each way (1000)
--together      disbursement: payments in one transaction (500); sync: seeds at the same time (2)
--database-url  a PostgreSQL to make a database on (one of its own, durable)
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    transfers: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: '200' },
    'kill-every': { type: 'string', default: '10' },
    operations: { type: 'string', default: '1000' },
    images: { type: 'string', default: '1000' },
    together: { type: 'string' },
    'database-url': { type: 'string' },
  },
})
const [name] = positionals
const COUNTS: Readonly<Record<string, number>> = { qr: 1_000_000, imports: 100_000, 'law-change': 20_000 }
const count = Number(values.count ?? COUNTS[name ?? ''] ?? 10_000)
const together = Number(values.together ?? (name === 'sync' ? 2 : 500))
const [transfers, seed, images] = [Number(values.transfers), Number(values.seed), Number(values.images)]
const [from, to] = [Number(values.from), Number(values.to)]
const [operations, killEvery] = [Number(values.operations), Number(values['kill-every'])]
const isUsable = [transfers, seed, together, count, images, from, to, operations, killEvery].every(
  (number) => Number.isSafeInteger(number) && number > 0,
)
const NAMES = ['bank', 'disbursement', 'forgeries', 'imports', 'law-change', 'qr', 'sync'] as const
const run = NAMES.find((each) => each === name)
if (positionals.length !== 1 || run === undefined || !isUsable) {
  process.stderr.write(USAGE)
  process.exit(positionals.length === 0 ? 0 : 2)
}

const now = (): number => performance.now()
let toldMs = 0
const onProgress = (what: string, done: number, total: number): void => {
  if (performance.now() - toldMs < 5000) return
  toldMs = performance.now()
  process.stderr.write(`${what}: ${done} of ${total}\n`)
}
const onFault = (fault: string): void => {
  process.stderr.write(`${fault}\n`)
}
const { faults, ...figures } = await report(run)
const machine = { processor: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version }
process.stdout.write(`${JSON.stringify({ ...figures, machine, faults }, null, 2)}\n`)
process.exitCode = faults.length > 0 ? 1 : 0

async function report(run: (typeof NAMES)[number]) {
  if (run === 'imports') return onSandbox((sandbox) => runImports(sandbox, { rows: count, onProgress }, now))
  if (run === 'law-change') return onSandbox((sandbox) => runLawChange(sandbox, { people: count, onProgress }, now))
  if (run === 'forgeries') return runForgeries({ count, seed })
  if (run === 'qr') return runQrCodes({ count, images, seed, onProgress }, now)
  if (run === 'sync') return onServer(values['database-url'])
  return onBooks(run, values['database-url'])
}

async function onServer(url: string | undefined) {
  await using server = await embeddedPostgres({ url }) // it is not this one that dies, nor how quick it is that counts
  const newDatabase = () => server.newDatabase()
  return await runManySeeds({ from, to, operations, killEvery, together, newDatabase, onProgress, onFault })
}

async function onSandbox<Report>(measure: (sandbox: Sandbox) => Promise<Report>): Promise<Report> {
  const url = values['database-url']
  await using server = await embeddedPostgres(url === undefined ? MEASURED_SERVER : { url })
  const sandbox = await startSandbox({ databaseUrl: await server.newDatabase() })
  const report = await measure(sandbox)
  await sandbox.stop()
  return report
}

async function onBooks(run: 'bank' | 'disbursement', url: string | undefined) {
  await using server = await embeddedPostgres(url === undefined ? MEASURED_SERVER : { url })
  const db = connectPostgres(await server.newDatabase())
  await migrate(db, [ledgerMigrations])
  const report =
    run === 'bank'
      ? await runBank(db, { transfers, seed, onProgress }, now)
      : await runDisbursement(db, { items: transfers, together, onProgress }, now)
  await db.close()
  return report
}
