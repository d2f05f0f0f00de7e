import { Command } from 'commander'
import { type ConnectionOptions, withConnection } from '../connection.ts'
import { oneTenant } from '../one-tenant.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface WithdrawOptions extends ConnectionOptions {
  readonly json?: true
}

export function keysWithdrawCommand(terminal: Terminal): Command {
  const command = new Command('withdraw')
    .description('publish a key no more: nothing that it ever signed is believed from then on')
    .argument('<key-id>', 'its eight characters')
    .option('--json', 'one line of JSON')
    .action(async (keyId: string, options: WithdrawOptions) => {
      const { client } = await oneTenant(terminal, options)
      const key = await client.keys.withdraw(keyId)
      if (options.json) await printJson(terminal, key)
      else await print(terminal, `${key.kid} (${key.use}) is withdrawn.`)
    })
  return withConnection(command)
}
