import type { OperatedLog } from '@pisto/server'
import { Command } from 'commander'
import { Unsuccessful } from '../failure.ts'
import { type BooksFlags, operateLogs, withBooks } from '../log-operation.ts'
import { renderTable } from '../rendering/table.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface StatusFlags extends BooksFlags {
  readonly json?: true
}

export function logStatusCommand(terminal: Terminal): Command {
  const status = new Command('status')
    .description('of each tenant: how far its log is signed, and why no further; exit 1 if one is not signed')
    .option('--json', 'one line of JSON')
    .action((flags: StatusFlags) => run(terminal, flags))
  return withBooks(status)
}

async function run(terminal: Terminal, flags: StatusFlags): Promise<void> {
  const logs = await operateLogs(flags, (operator) => operator.states())
  if (flags.json) await printJson(terminal, { logs: logs.map(toJson) })
  else await print(terminal, ...render(terminal, logs))
  if (logs.some(({ state }) => state.failure !== undefined)) throw new Unsuccessful()
}

const toJson = ({ tenantId, tenantCode, state }: OperatedLog) => {
  const { origin, epoch, size, storedSize, signed = null, failure } = state
  return { tenantId, tenantCode, origin, epoch, size, storedSize, signed, failure: failure?.message ?? null }
}

function render(terminal: Terminal, logs: readonly OperatedLog[]): string[] {
  const { green, red } = terminal.colours
  const rows = logs.map(({ tenantCode, state: { origin, size, signed, failure } }) => {
    return [tenantCode, failure ? red('not signed') : green('signed'), `${size}`, `${signed?.size ?? 0}`, origin]
  })
  const broken = logs.filter(({ state }) => state.failure !== undefined)
  return [
    renderTable(terminal, ['tenant', 'log', 'leaves', 'signed', 'origin'], rows, { right: [2, 3] }),
    ...broken.map(({ tenantCode, state }) => red(`${tenantCode}: ${state.failure?.message}`)),
    ...(broken.length > 0 ? ['After a restore go on with: pisto log new-epoch'] : []),
  ]
}
