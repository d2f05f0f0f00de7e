import { Command, CommanderError } from 'commander'
import { CommandFailure, type ExitCode, Unsuccessful } from './failure.ts'
import { VERSION } from './invocation.ts'
import type { Terminal } from './terminal.ts'

type Make = (terminal: Terminal) => Command

/** By name, in the order of the help. Each is loaded when it is asked for: `pisto id check` waits for no server. */
const COMMANDS: Readonly<Record<string, () => Promise<Make>>> = {
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
  qr: async () => (await import('./commands/qr.ts')).qrCommand,
  id: async () => (await import('./commands/id.ts')).idCommand,
  phone: async () => (await import('./commands/phone.ts')).phoneCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  screen: async () => (await import('./commands/screen.ts')).screenCommand,
  lists: async () => (await import('./commands/lists.ts')).listsCommand,
  log: async () => (await import('./commands/log.ts')).logCommand,
  statement: async () => (await import('./commands/statement.ts')).statementCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  'trial-balance': async () => (await import('./commands/trial-balance.ts')).trialBalanceCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  'verify-receipt': async () => (await import('./commands/verify-receipt.ts')).verifyReceiptCommand,
  'verify-bundle': async () => (await import('./commands/verify-bundle.ts')).verifyBundleCommand,
}

/** @param asked The first argument: a command is made alone, for anything else (help, a misspelt name) there are all. */
async function createProgram(terminal: Terminal, asked: string | undefined): Promise<Command> {
  const isCommand = asked !== undefined && Object.hasOwn(COMMANDS, asked)
  const loaded = Object.entries(COMMANDS).flatMap(([name, load]) => (isCommand && name !== asked ? [] : [load()]))
  const program = new Command('pisto')
    .description('Pisto: payments for micro-businesses in Guatemala, Honduras and El Salvador')
    .version(VERSION, '--version')
  for (const make of await Promise.all(loaded)) program.addCommand(make(terminal))
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
    await (await createProgram(terminal, arguments_[0])).parseAsync([...arguments_], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Unsuccessful) return 1
    const { explain } = await import('./explain.ts') // knows the SDK's errors: not every command needs them
    const [first = '', ...rest] = explain(error)
    terminal.warn(terminal.colours.red(first))
    for (const line of rest) terminal.warn(line)
    return error instanceof CommandFailure ? error.exitCode : 1
  }
}
