import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { listsImportCommand } from './lists-import.ts'

export const listsCommand = (terminal: Terminal): Command =>
  new Command('lists').description('screening lists').addCommand(listsImportCommand(terminal))
