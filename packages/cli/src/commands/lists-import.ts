import type { CreateScreeningList } from '@pisto/contract'
import { LIST_FORMATS, type ListFormat } from '@pisto/server/screening-lists'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { misused } from '../failure.ts'
import { type BrokenRow, examineList, type ListFile } from '../lists/list-file.ts'
import { LIST_PRESETS } from '../lists/list-presets.ts'
import { type SentList, sendList } from '../lists/send-list.ts'
import { createProgress } from '../progress.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ImportOptions extends ConnectionOptions {
  readonly format: ListFormat
  readonly alternates?: string
  readonly name?: string
  readonly listVersion?: string
  readonly consequence?: CreateScreeningList['consequence']
  readonly legalBasis?: string
  readonly source?: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly actor: string
  readonly maxBroken: number
  readonly json?: true
}

/** What `pisto lists import --json` says. */
interface ImportSummary {
  readonly entries: number
  readonly broken: readonly BrokenRow[]
  readonly brokenCount: number
  /** Ships, aircraft, relations. */
  readonly passedOver: Readonly<Record<string, number>>
  readonly lists: readonly { readonly listId: string; readonly tenantId: string; readonly hash: string | null }[]
}

export function listsImportCommand(terminal: Terminal): Command {
  const command = new Command('import')
    .description('load a screening list and put it in force, in place of the version of the same name before it')
    .argument('<file>', 'as its publisher gives it')
    .addOption(new Option('--format <format>', 'what kind of file it is').choices(LIST_FORMATS).makeOptionMandatory())
    .option('--alternates <file>', 'alt.csv, the second file of ofac-csv')
    .option('--name <name>', 'default by format')
    .option('--list-version <version>', 'default: the beginning of the file’s SHA-256')
    .addOption(
      new Option('--consequence <consequence>', 'what a match leads to; default by format').choices([
        ...['block', 'review', 'inform'],
      ]),
    )
    .option('--legal-basis <text>', 'default by format')
    .option('--source <text>', 'default by format')
    .option('--valid-from <time>', 'RFC 3339; default: now')
    .option('--valid-to <time>', 'RFC 3339; default: no end')
    .option('--actor <name>', 'who puts it in force', 'pisto lists import')
    .option('--max-broken <share>', 'refuse the file when more of its rows are broken', share, 0.01)
    .option('--json', 'one line of JSON')
    .action((path: string, options: ImportOptions) => run(terminal, path, options))
  return withConnection(command)
}

async function run(terminal: Terminal, path: string, options: ImportOptions): Promise<void> {
  if (options.alternates !== undefined && options.format !== 'ofac-csv')
    throw misused('Only ofac-csv has a second file')
  const file: ListFile = {
    path,
    format: options.format,
    alternates: options.alternates,
    maxBrokenShare: options.maxBroken,
  }
  const examined = await examineList(file)
  const tenants = await connect(terminal, options)
  const progress = createProgress(terminal, examined.counts.entries * tenants.length, 'entries')
  const sent: SentList[] = []
  try {
    for (const [index, tenant] of tenants.entries()) {
      const about = aboutList(options, examined.hash)
      const before = index * examined.counts.entries
      sent.push(
        await sendList(tenant, file, examined, about, options.actor, (count) => progress.update(before + count)),
      )
    }
  } finally {
    progress.stop()
  }
  const { counts, broken } = examined
  const summary: ImportSummary = {
    entries: counts.entries,
    broken,
    brokenCount: counts.broken,
    passedOver: counts.passedOver,
    lists: sent.map(({ tenant, list }) => ({ listId: list.id, tenantId: tenant.id, hash: list.hash })),
  }
  if (options.json) await printJson(terminal, summary)
  else await print(terminal, ...describe(summary, sent))
}

function aboutList(options: ImportOptions, hash: string): CreateScreeningList {
  const preset = LIST_PRESETS[options.format]
  return {
    name: options.name ?? preset.name,
    version: options.listVersion ?? hash.slice(0, 12),
    consequence: options.consequence ?? preset.consequence,
    legalBasis: options.legalBasis ?? preset.legalBasis,
    source: options.source ?? preset.source,
    ...(options.validFrom !== undefined && { validFrom: options.validFrom }),
    ...(options.validTo !== undefined && { validTo: options.validTo }),
  }
}

function describe(summary: ImportSummary, sent: readonly SentList[]): string[] {
  const over = Object.entries(summary.passedOver).map(([what, count]) => `${count} ${what}`)
  return [
    ...sent.map(({ tenant, list }) => {
      const { name, version, status, consequence } = list
      return `${tenant.name}: ${name} ${version} is ${status} (${consequence}), ${list.entryCount} entries`
    }),
    ...(over.length > 0 ? [`passed over: ${over.join(', ')}`] : []),
    ...summary.broken.map(({ line, reason }) => `line ${line}: ${reason}`),
    ...(sent[0]?.list.hash ? [`SHA-256 ${sent[0].list.hash}`] : []),
  ]
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('A share from 0 to 1.')
  return value
}
