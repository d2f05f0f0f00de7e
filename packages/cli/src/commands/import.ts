import { IMPORT_FIELDS, type ImportField } from '@pisto/contract'
import { ENCODINGS, type FileEncoding, IMPORT_KINDS, type ImportKind } from '@pisto/server'
import { Command, Option } from 'commander'
import { type ConnectedTenant, type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { failed, misused } from '../failure.ts'
import { type ExaminedFile, examineFile, type LocalFile, openFile } from '../import/local-file.ts'
import { previewImport } from '../import/preview-import.ts'
import { openResult } from '../import/result-file.ts'
import { runImport, type TenantImport, withOutcomes } from '../import/run-import.ts'
import { createProgress } from '../progress.ts'
import { renderOutcomes } from '../rendering/outcomes.ts'
import { renderPreview } from '../rendering/preview.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ImportOptions extends ConnectionOptions {
  readonly map?: ReadonlyMap<string, ImportField>
  readonly encoding?: FileEncoding
  readonly preview?: true
  readonly out?: string
  readonly json?: true
}

/** What `pisto import … --json` says. */
interface ImportSummary {
  readonly rows: number
  /** Rows that were decided before this run. */
  readonly alreadyImported: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly imports: readonly { readonly importId: string; readonly tenantId: string; readonly country: string }[]
  readonly out: string | null
}

export function importCommand(terminal: Terminal): Command {
  const command = new Command('import').description('many at once')
  for (const kind of Object.values(IMPORT_KINDS)) command.addCommand(kindCommand(terminal, kind))
  return command
}

function kindCommand(terminal: Terminal, kind: ImportKind): Command {
  const command = new Command(kind.name)
    .description(`register the ${kind.name} of a file, each with the tenant of its country; again to go on`)
    .argument('<file>', 'CSV with a header, or JSON Lines; up to 1,000,000 rows')
    .option('--preview', 'only show how the file is read and how its first rows would end')
    .option('--map <column=field>', `what a column is, if its name does not say so; may be repeated`, collect)
    .addOption(new Option('--encoding <encoding>', 'if it is not found').choices([...ENCODINGS]))
    .option('--out <file>', 'CSV of results: externalId,outcome,id first, a row for each row')
    .option('--json', 'one line of JSON')
    .action((path: string, options: ImportOptions) => run(terminal, kind, path, options))
  return withConnection(command)
}

function collect(text: string, before: ReadonlyMap<string, ImportField> = new Map()): Map<string, ImportField> {
  const at = text.lastIndexOf('=')
  const field = IMPORT_FIELDS.find((name) => name === text.slice(at + 1).trim())
  if (at < 1 || field === undefined) {
    throw misused(`--map ${text} is not COLUMN=FIELD`, `The fields are ${IMPORT_FIELDS.join(', ')}.`)
  }
  return new Map(before).set(text.slice(0, at).normalize('NFC').trim(), field)
}

async function run(terminal: Terminal, kind: ImportKind, path: string, options: ImportOptions): Promise<void> {
  const file = await openFile(path, { kind, told: options.map ?? new Map(), encoding: options.encoding })
  if (options.preview) return showPreview(terminal, file, options)
  const examined = await examineFile(file)
  const tenants = await connect(terminal, options)
  const imports = await withProgress(terminal, examined, tenants)
  const outcomes = await collectOutcomes(examined, tenants, imports, options.out)
  const summary = summarise(examined, imports, outcomes, options.out ?? null)
  if (options.json) await printJson(terminal, summary)
  else await print(terminal, ...renderOutcomes(terminal, summary))
}

async function showPreview(terminal: Terminal, file: LocalFile, options: ImportOptions): Promise<void> {
  const preview = await previewImport(file, await connect(terminal, options))
  if (options.json) await printJson(terminal, preview)
  else await print(terminal, ...renderPreview(terminal, preview))
}

async function withProgress(
  terminal: Terminal,
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
): Promise<readonly TenantImport[]> {
  const progress = createProgress(terminal, file.rowCount, 'rows')
  try {
    return await runImport(file, tenants, (rowCount) => progress.update(rowCount))
  } catch (error) {
    progress.stop()
    terminal.warn('The import was interrupted; run the same command again to go on.')
    throw error
  } finally {
    progress.stop()
  }
}

/** Counts the outcomes, and writes the result file if one is wanted. */
async function collectOutcomes(
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
  imports: readonly TenantImport[],
  out: string | undefined,
): Promise<Readonly<Record<string, number>>> {
  const result = out === undefined ? undefined : await openResult(out, file)
  const counts: Record<string, number> = {}
  let lostCount = 0
  try {
    for await (const { row, outcome } of withOutcomes(file, tenants, imports)) {
      if (outcome === null) lostCount++
      else counts[outcome.outcome] = (counts[outcome.outcome] ?? 0) + 1
      await result?.add(row, outcome)
    }
    if (lostCount > 0) throw failed(`${lostCount} rows have no outcome`, 'Did the file change meanwhile?')
    await result?.finish()
  } catch (error) {
    await result?.abandon()
    throw error
  }
  return counts
}

function summarise(
  { rowCount }: ExaminedFile,
  imports: readonly TenantImport[],
  outcomes: Readonly<Record<string, number>>,
  out: string | null,
): ImportSummary {
  return {
    rows: rowCount,
    alreadyImported: imports.reduce((sum, { knownCount }) => sum + knownCount, 0),
    outcomes,
    imports: imports.map(({ connected: { tenant }, import: { id } }) => {
      return { importId: id, tenantId: tenant.id, country: tenant.country }
    }),
    out,
  }
}
