import type { CountryCode } from '@pisto/contract'
import { Pisto } from '@pisto/sdk'
import { Command, Option } from 'commander'
import { type ConnectionOptions, connectionOf, withConnection } from '../connection.ts'
import type { DemoResult } from '../demo/run-demo.ts'
import type { DemoTelling } from '../demo/steps.ts'
import { misused } from '../failure.ts'
import { renderCode } from '../rendering/half-blocks.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface DemoFlags extends ConnectionOptions {
  readonly country?: CountryCode
  readonly json?: true
}

export function demoCommand(terminal: Terminal): Command {
  const demo = new Command('demo')
    .description('register a merchant, charge, pay, verify the receipt: told step by step')
    .addOption(new Option('--country <code>', 'whose tenant; default: GT').choices(['GT', 'HN', 'SV']))
    .option('--json', 'one line of JSON with what was made')
    .action((flags: DemoFlags) => run(terminal, flags))
  return withConnection(demo)
}

async function run(terminal: Terminal, flags: DemoFlags): Promise<void> {
  const tell = flags.json ? SILENT : teller(terminal)
  const connection = await connectionOf(terminal, flags)
  const isGiven = connection.keys.length > 0
  if (!isGiven && flags.url !== undefined) throw misused('--url needs --key', 'The sandbox printed its keys.')
  const result = isGiven
    ? await onServer(terminal, connection, flags, tell)
    : await onFreshSandbox(terminal, flags, tell)
  if (flags.json) await printJson(terminal, result)
  else await print(terminal, '', terminal.colours.green('Everything holds.'))
}

async function onServer(
  terminal: Terminal,
  { url, keys }: { readonly url: string; readonly keys: readonly string[] },
  { country }: DemoFlags,
  tell: DemoTelling,
): Promise<DemoResult> {
  for (const apiKey of keys) {
    const client = new Pisto({ baseUrl: url, apiKey })
    const tenant = await client.tenant.get()
    if (country === undefined || tenant.country === country) return play(terminal, client, tell)
  }
  throw misused(`None of the keys is of a tenant in ${country}`)
}

async function onFreshSandbox(terminal: Terminal, { country = 'GT' }: DemoFlags, tell: DemoTelling) {
  await tell.step('A fresh sandbox starts, in memory')
  const { startSandbox } = await import('@pisto/testkit') // only now: it brings the server along
  await using sandbox = await startSandbox({ checkAnswers: false })
  await tell.say(sandbox.url)
  return await play(terminal, sandbox.client(country), tell)
}

async function play(terminal: Terminal, client: Pisto, tell: DemoTelling): Promise<DemoResult> {
  const { runDemo } = await import('../demo/run-demo.ts')
  return runDemo({ client, tell, draw: (payload) => renderCode(terminal, payload), now: terminal.now })
}

const nothing = async (): Promise<void> => undefined
const SILENT: DemoTelling = { step: nothing, say: nothing, show: nothing }

function teller(terminal: Terminal): DemoTelling {
  const { bold, green, dim } = terminal.colours
  let number = 0
  return {
    step: (title) => print(terminal, `${dim(`${++number}.`)} ${bold(title)}`),
    say: (text) => print(terminal, `   ${green('✓')} ${text}`),
    show: (lines) => print(terminal, ...lines.map((line) => `   ${line}`)),
  }
}
