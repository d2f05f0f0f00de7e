import { parseArgs } from 'node:util'
import { runCampaign } from './ledger/campaign.ts'
import { PLACES, type PlaceName } from './ledger/places.ts'
import { reportLines } from './ledger/report-lines.ts'

const USAGE = `pnpm faults ledger [--kills N] [--seed S] [--on postgres|pglite|database|all] [--json]

Kills processes that write to a ledger, and PostgreSQL itself, at random moments; looks at the books after each.
--kills   how many, in all (50)
--seed    the same seed makes the same requests and the same plan of kills (1)
--on      where (all: 80 % postgres, 10 % pglite, 10 % database)
--json    the report as JSON
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    on: { type: 'string', default: 'all' },
    json: { type: 'boolean', default: false },
  },
})
const killCount = Number(values.kills)
const isKnown = values.on === 'all' || PLACES.some((name) => name === values.on)
if (positionals.join(' ') !== 'ledger' || !Number.isSafeInteger(killCount) || killCount < 1 || !isKnown) {
  process.stderr.write(USAGE)
  process.exit(2)
}

const tenth = Math.ceil(killCount / 10)
const kills: Partial<Record<PlaceName, number>> =
  values.on === 'all'
    ? { postgres: Math.max(killCount - 2 * tenth, 1), pglite: tenth, database: tenth }
    : { [values.on as PlaceName]: killCount }
let doneCount = 0
const report = await runCampaign({
  seed: values.seed,
  kills,
  onKill: () => {
    doneCount++
    if (process.stderr.isTTY) process.stderr.write(`\r${doneCount} of ${killCount} kills`)
  },
})
if (process.stderr.isTTY) process.stderr.write('\r')
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${reportLines(report).join('\n')}\n`)
process.exit(report.places.some(({ findings }) => findings.length > 0) ? 1 : 0)
