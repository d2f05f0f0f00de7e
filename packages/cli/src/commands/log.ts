import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { logNewEpochCommand } from './log-new-epoch.ts'
import { logStatusCommand } from './log-status.ts'

/** For whoever runs a server: what is signed, and how it goes on after a restore. */
export function logCommand(terminal: Terminal): Command {
  return new Command('log')
    .description('the tamper-evident log: what is signed, a new epoch after a restore')
    .addCommand(logStatusCommand(terminal))
    .addCommand(logNewEpochCommand(terminal))
}
