import type { LogOperator, OperatedLog } from '@pisto/server'
import { Command } from 'commander'
import { failed, misused } from '../failure.ts'
import { readText } from '../input.ts'
import { type BooksFlags, operateLogs, withBooks } from '../log-operation.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface NewEpochFlags extends BooksFlags {
  readonly tenant?: string
  readonly lastCheckpoint?: string
  readonly json?: true
}

export function logNewEpochCommand(terminal: Terminal): Command {
  const command = new Command('new-epoch')
    .description('after a restore: go on under a new origin; the first leaf names what was last signed')
    .option('--tenant <code>', 'only this tenant; without it each whose signer refuses')
    .option(
      '--last-checkpoint <file>',
      'a checkpoint that somebody kept, if the signer’s memory is lost; with --tenant',
    )
    .option('--json', 'one line of JSON')
    .action((flags: NewEpochFlags) => run(terminal, flags))
  return withBooks(command)
}

async function run(terminal: Terminal, flags: NewEpochFlags): Promise<void> {
  if (flags.lastCheckpoint !== undefined && flags.tenant === undefined) {
    throw misused('--last-checkpoint is of one log', 'Say whose: --tenant CODE.')
  }
  const note = flags.lastCheckpoint === undefined ? undefined : `${await readText(terminal, flags.lastCheckpoint)}\n`
  const begun = await operateLogs(flags, async (operator) => {
    const logs = chosen(await operator.states(), flags.tenant)
    const epochs = []
    for (const log of logs) epochs.push(await begin(operator, log, note))
    return epochs
  })
  if (flags.json) await printJson(terminal, { epochs: begun })
  else if (begun.length === 0) await print(terminal, 'Every log is signed: there is nothing to do.')
  for (const { tenantCode, origin, firstLeafIndex } of flags.json ? [] : begun) {
    await print(terminal, `${tenantCode} goes on as ${origin}, from leaf ${firstLeafIndex}.`)
  }
}

/** Those whose signer refuses, or the one that is named. */
function chosen(logs: readonly OperatedLog[], code: string | undefined): readonly OperatedLog[] {
  if (code === undefined) return logs.filter(({ state }) => state.failure?.name === 'SigningRefused')
  const named = logs.filter(({ tenantCode }) => tenantCode === code)
  if (named.length === 0) throw failed(`There is no tenant ${code}`)
  return named
}

async function begin(operator: LogOperator, { tenantId, tenantCode }: OperatedLog, note: string | undefined) {
  try {
    return { tenantCode, ...(await operator.beginEpoch(tenantId, note)) }
  } catch (cause) {
    throw failed(`${tenantCode}: no new epoch: ${(cause as Error).message}`, undefined, cause)
  }
}
