import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { connectPostgres, ledgerMigrations, migrate } from '@pisto/ledger'
import { embeddedPostgres, MEASURED_SERVER } from '@pisto/testkit'
import { runBank } from './bank/bank.ts'
import { runDisbursement } from './disbursement/disbursement.ts'
import { runForgeries } from './forgeries/forgeries.ts'

const USAGE = `pnpm long NAME [--transfers N] [--seed S] [--together N] [--database-url URL]

bank           64 writers, 100 guarded wallets, readers beside them; then all of it once more on a plain reference.
forgeries      forgeries of signed codes and receipts, of every kind: none may be believed.
disbursement   one account pays as many wallets as there are transfers; each then has exactly its own amount.

--transfers     how many payments (1000000)
--seed          bank, forgeries: a whole number; the same seed asks for the same (1)
--count         forgeries: how many (10000)
--together      disbursement: payments in one transaction (500)
--database-url  a PostgreSQL to make a database on (one of its own, durable)
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    transfers: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10000' },
    together: { type: 'string', default: '500' },
    'database-url': { type: 'string' },
  },
})
const [transfers, seed, together, count] = [values.transfers, values.seed, values.together, values.count].map(
  Number,
) as [number, number, number, number]
const [name] = positionals
const isUsable = [transfers, seed, together, count].every((number) => Number.isSafeInteger(number) && number > 0)
if (positionals.length !== 1 || (name !== 'bank' && name !== 'disbursement' && name !== 'forgeries') || !isUsable) {
  process.stderr.write(USAGE)
  process.exit(positionals.length === 0 ? 0 : 2)
}

const now = (): number => performance.now()
const { faults, ...figures } =
  name === 'forgeries' ? await runForgeries({ count, seed }) : await onBooks(name, values['database-url'])
const machine = { processor: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version }
process.stdout.write(`${JSON.stringify({ ...figures, machine, faults }, null, 2)}\n`)
process.exitCode = faults.length > 0 ? 1 : 0

async function onBooks(run: 'bank' | 'disbursement', url: string | undefined) {
  await using server = await embeddedPostgres(url === undefined ? MEASURED_SERVER : { url })
  const db = connectPostgres(await server.newDatabase())
  await migrate(db, [ledgerMigrations])
  let toldMs = 0
  const onProgress = (what: string, done: number, total: number): void => {
    if (performance.now() - toldMs < 5000) return
    toldMs = performance.now()
    process.stderr.write(`${what}: ${done} of ${total}\n`)
  }
  const report =
    run === 'bank'
      ? await runBank(db, { transfers, seed, onProgress }, now)
      : await runDisbursement(db, { items: transfers, together, onProgress }, now)
  await db.close()
  return report
}
