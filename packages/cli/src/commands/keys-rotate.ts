import type { RotateKey } from '@pisto/sdk'
import { Argument, Command } from 'commander'
import { type ConnectionOptions, withConnection } from '../connection.ts'
import { misused } from '../failure.ts'
import { oneTenant } from '../one-tenant.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface RotateOptions extends ConnectionOptions {
  readonly startsIn?: string
  readonly json?: true
}

const USES: readonly RotateKey['use'][] = ['qr', 'receipt', 'checkpoint', 'directory', 'evidence']

export function keysRotateCommand(terminal: Terminal): Command {
  const command = new Command('rotate')
    .description('a new key for one use; the old one signs until it takes over, and stays published')
    .addArgument(new Argument('<use>', 'what the key signs').choices(USES))
    .option('--starts-in <seconds>', 'when it takes over; default a day, so that phones off line learn of it first')
    .option('--json', 'one line of JSON')
    .action((use: RotateKey['use'], options: RotateOptions) => rotate(terminal, use, options))
  return withConnection(command)
}

async function rotate(terminal: Terminal, use: RotateKey['use'], options: RotateOptions): Promise<void> {
  const startsInSeconds = secondsOf(options.startsIn)
  const { client } = await oneTenant(terminal, options)
  const rotated = await client.keys.rotate({ use, ...(startsInSeconds !== undefined && { startsInSeconds }) })
  if (options.json) return printJson(terminal, rotated)
  await print(terminal, `${rotated.key.kid} signs from ${rotated.key.validFrom} on.`)
  for (const { kid } of rotated.ended) await print(terminal, `${kid} signs until then, and stays published.`)
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,8}$/.test(text)) throw misused(`--starts-in ${text} is no number of seconds`)
  return Number(text)
}
