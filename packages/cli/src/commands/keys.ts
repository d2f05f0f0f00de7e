import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { keysDirectoryCommand } from './keys-directory.ts'
import { keysRotateCommand } from './keys-rotate.ts'
import { keysWithdrawCommand } from './keys-withdraw.ts'

/** The keys that a tenant signs codes, receipts, its log and its directory with. */
export function keysCommand(terminal: Terminal): Command {
  return new Command('keys')
    .description('signing keys: a new one, the end of an old one, the signed directory that wallets trust')
    .addCommand(keysRotateCommand(terminal))
    .addCommand(keysWithdrawCommand(terminal))
    .addCommand(keysDirectoryCommand(terminal))
}
