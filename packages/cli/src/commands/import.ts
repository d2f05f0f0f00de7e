import { Command } from 'commander'
import { type ConnectedTenant, type ConnectionOptions, connect, withConnection } from '../connection.ts'
import { failed } from '../failure.ts'
import { type ImportedFile, importMerchants } from '../import/import-merchants.ts'
import { csvFailure, examineFile, type MerchantFile } from '../import/merchant-file.ts'
import { writeResult } from '../import/result-file.ts'
import { createProgress } from '../progress.ts'
import { renderOutcomes } from '../rendering/outcomes.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ImportOptions extends ConnectionOptions {
  readonly out?: string
  readonly json?: true
}

/** What `pisto import merchants --json` says. */
interface ImportSummary {
  readonly rows: number
  /** Rows that an earlier run had brought already. */
  readonly alreadyImported: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly imports: readonly { readonly importId: string; readonly tenantId: string; readonly country: string }[]
  readonly out: string | null
}

export function importCommand(terminal: Terminal): Command {
  const merchants = new Command('merchants')
    .description('register the merchants of a CSV file, each with the tenant of its country; again to go on')
    .argument('<file>', 'CSV in UTF-8 with the columns externalId, country, tradeName, …')
    .option('--out <file>', 'CSV of results: externalId,outcome,id first, a row for each row')
    .option('--json', 'one line of JSON')
    .action((path: string, options: ImportOptions) => run(terminal, path, options))
  return new Command('import').description('many at once').addCommand(withConnection(merchants))
}

async function run(terminal: Terminal, path: string, options: ImportOptions): Promise<void> {
  const file = await examineFile(path).catch((error: unknown) => {
    throw csvFailure(path, error)
  })
  const tenants = await connect(terminal, options)
  const imported = await withProgress(terminal, file, tenants)
  const lost = file.rowCount - imported.outcomes.size
  if (lost > 0) throw failed(`${lost} rows have no outcome`, 'Run the same command again to go on.')

  if (options.out !== undefined) await writeResult(options.out, file, (row) => imported.outcomes.get(row))
  const summary = summarise(file, imported, options.out ?? null)
  if (options.json) await printJson(terminal, summary)
  else await print(terminal, ...renderOutcomes(terminal, summary))
}

async function withProgress(
  terminal: Terminal,
  file: MerchantFile,
  tenants: readonly ConnectedTenant[],
): Promise<ImportedFile> {
  const progress = createProgress(terminal, file.rowCount, 'rows')
  try {
    return await importMerchants(file, tenants, (rowCount) => progress.update(rowCount))
  } catch (error) {
    progress.stop()
    terminal.warn('The import was interrupted; run the same command again to go on.')
    throw error
  } finally {
    progress.stop()
  }
}

function summarise(
  file: MerchantFile,
  { imports, outcomes, knownCount }: ImportedFile,
  out: string | null,
): ImportSummary {
  const counts: Record<string, number> = {}
  for (const { outcome } of outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1
  return {
    rows: file.rowCount,
    alreadyImported: knownCount,
    outcomes: counts,
    imports: imports.map(({ tenant, import: { id } }) => {
      return { importId: id, tenantId: tenant.id, country: tenant.country }
    }),
    out,
  }
}
