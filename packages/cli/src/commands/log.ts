import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { logExportCommand } from './log-export.ts'
import { logNewEpochCommand } from './log-new-epoch.ts'
import { logStatusCommand } from './log-status.ts'

/** For auditors the whole log; for whoever runs a server what is signed, and how it goes on after a restore. */
export function logCommand(terminal: Terminal): Command {
  return new Command('log')
    .description('the tamper-evident log: export it, see what is signed, a new epoch after a restore')
    .addCommand(logExportCommand(terminal))
    .addCommand(logStatusCommand(terminal))
    .addCommand(logNewEpochCommand(terminal))
}
