import { Command, CommanderError } from 'commander'
import { benchCommand } from './commands/bench.ts'
import { demoCommand } from './commands/demo.ts'
import { idCommand } from './commands/id.ts'
import { importCommand } from './commands/import.ts'
import { keysCommand } from './commands/keys.ts'
import { listsCommand } from './commands/lists.ts'
import { logCommand } from './commands/log.ts'
import { phoneCommand } from './commands/phone.ts'
import { qrCommand } from './commands/qr.ts'
import { reportCommand } from './commands/report.ts'
import { sandboxCommand } from './commands/sandbox.ts'
import { screenCommand } from './commands/screen.ts'
import { statementCommand } from './commands/statement.ts'
import { trialBalanceCommand } from './commands/trial-balance.ts'
import { verifyCommand } from './commands/verify.ts'
import { verifyBundleCommand } from './commands/verify-bundle.ts'
import { verifyReceiptCommand } from './commands/verify-receipt.ts'
import { explain } from './explain.ts'
import { CommandFailure, type ExitCode, Unsuccessful } from './failure.ts'
import { VERSION } from './invocation.ts'
import type { Terminal } from './terminal.ts'

/** Every command, with its help. Heavy parts (server, database) are loaded when a command needs them. */
function createProgram(terminal: Terminal): Command {
  const program = new Command('pisto')
    .description('Pisto: payments for micro-businesses in Guatemala, Honduras and El Salvador')
    .version(VERSION, '--version')
    .addCommand(sandboxCommand(terminal))
    .addCommand(demoCommand(terminal))
    .addCommand(importCommand(terminal))
    .addCommand(benchCommand(terminal))
    .addCommand(qrCommand(terminal))
    .addCommand(idCommand(terminal))
    .addCommand(phoneCommand(terminal))
    .addCommand(keysCommand(terminal))
    .addCommand(screenCommand(terminal))
    .addCommand(listsCommand(terminal))
    .addCommand(logCommand(terminal))
    .addCommand(statementCommand(terminal))
    .addCommand(reportCommand(terminal))
    .addCommand(trialBalanceCommand(terminal))
    .addCommand(verifyCommand(terminal))
    .addCommand(verifyReceiptCommand(terminal))
    .addCommand(verifyBundleCommand(terminal))
  configure(program, terminal)
  return program
}

/** Subcommands made elsewhere do not inherit settings: they get them here. */
function configure(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .showHelpAfterError('(--help shows how it is used)')
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.warn(text.trimEnd()),
      outputError: (text, write) => write(terminal.colours.red(text)),
    })
  for (const child of command.commands) configure(child, terminal)
}

/**
 * Runs one command.
 * @param arguments_ Without the program's name.
 * @returns The exit code: 0 done, 1 failed, 2 used wrongly.
 */
export async function run(arguments_: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync([...arguments_], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Unsuccessful) return 1
    const [first = '', ...rest] = explain(error)
    terminal.warn(terminal.colours.red(first))
    for (const line of rest) terminal.warn(line)
    return error instanceof CommandFailure ? error.exitCode : 1
  }
}
