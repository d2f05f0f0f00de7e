import { type Pisto, PistoApiError, type SheetFormat } from '@pisto/sdk'
import { Command, Option } from 'commander'
import { type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { failed } from '../failure.ts'
import { type FileOutput, putOut, requirePlace } from '../file-output.ts'
import { type Language, languageFor, languageOption } from '../languages.ts'
import type { Terminal } from '../terminal.ts'

interface SheetFlags extends ConnectionOptions, FileOutput {
  readonly format: SheetFormat
  readonly language?: Language
}

export function qrSheetCommand(terminal: Terminal): Command {
  const sheet = new Command('sheet')
    .description('a sheet to print and hang up, A5: a merchant’s code, name and alias')
    .argument('<merchant>', 'mer_…')
    .argument('[code]', 'qrc_…; default: the newest that can be paid by')
    .addOption(new Option('--format <format>', 'what it is written as').choices(['pdf', 'svg']).default('pdf'))
    .option('--out <file>', 'where it goes; default: standard output')
    .addOption(languageOption())
    .option('--json', 'one line of JSON: what was written to --out')
    .action((merchant: string, code: string | undefined, flags: SheetFlags) => run(terminal, merchant, code, flags))
  return withConnection(sheet)
}

async function run(terminal: Terminal, merchantId: string, code: string | undefined, flags: SheetFlags): Promise<void> {
  const { format, language } = flags
  requirePlace(terminal, format, flags)
  const client = await bankOf(terminal, merchantId, flags, languageFor(terminal, language))
  const id = code ?? (await newestCode(client, merchantId))
  await putOut(terminal, await client.merchants.qrCodes.sheet(merchantId, id, format), flags)
}

async function newestCode(client: Pisto, merchantId: string): Promise<string> {
  const { data } = await client.merchants.qrCodes.list(merchantId, { status: 'active', limit: 1 }).page()
  const [newest] = data
  if (newest === undefined) {
    throw failed('The merchant has no active code', 'POST /v1/merchants/{merchantId}/qr-codes makes one.')
  }
  return newest.id
}

/** Whose merchant it is, of those whose keys were given. @throws {PistoApiError} `merchant_not_found`: nobody's */
async function bankOf(
  terminal: Terminal,
  merchantId: string,
  flags: ConnectionOptions,
  locale: Language,
): Promise<Pisto> {
  let nobodys: unknown
  for (const { client } of await connect(terminal, flags, { locale })) {
    try {
      await client.merchants.get(merchantId)
      return client
    } catch (error) {
      if (!(error instanceof PistoApiError && error.hasCode('merchant_not_found'))) throw error
      nobodys = error
    }
  }
  throw nobodys
}
