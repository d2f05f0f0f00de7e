import type { ConnectedTenant } from '../connection.ts'
import { type LocalFile, type LocalRow, rowsOf } from './local-file.ts'
import { routeOf } from './routes.ts'

/** How a file is read, and how its first rows would end. */
export interface Preview {
  readonly format: string
  readonly encoding: string
  readonly delimiter: string | null
  readonly columns: readonly { readonly column: string; readonly field: string | null }[]
  /** Columns without which it is refused. */
  readonly missing: readonly string[]
  readonly rows: readonly { readonly row: number; readonly externalId: string; readonly outcome: string }[]
}

const PREVIEW_ROWS = 20

/** Asks each tenant how the first of its rows would end. Nothing is changed. */
export async function previewImport(file: LocalFile, tenants: readonly ConnectedTenant[]): Promise<Preview> {
  const { format, encoding, delimiter, columns, missing } = file
  const rows: LocalRow[] = []
  for await (const row of rowsOf(file)) {
    rows.push(row)
    if (rows.length === PREVIEW_ROWS) break
  }
  const outcomes = missing.length > 0 ? new Map<number, string>() : await ask(file, tenants, rows)
  return {
    ...{ format, encoding, delimiter, columns, missing },
    rows: rows.flatMap(({ row, fields: { externalId = '' } }) => {
      const outcome = outcomes.get(row)
      return outcome === undefined ? [] : [{ row, externalId, outcome }]
    }),
  }
}

async function ask(
  file: LocalFile,
  tenants: readonly ConnectedTenant[],
  rows: readonly LocalRow[],
): Promise<Map<number, string>> {
  const outcomes = new Map<number, string>()
  for (const { row, error } of rows) if (error !== undefined) outcomes.set(row, error)
  for (const connected of tenants) {
    const own = rows.filter(({ fields, error }) => !error && routeOf(tenants, fields.country ?? '') === connected)
    if (own.length === 0) continue
    const content = own.map(({ fields }) => `${JSON.stringify(fields)}\n`).join('')
    const preview = await connected.client.imports.preview(
      { mediaType: 'application/x-ndjson', content },
      { kind: file.options.kind.name },
    )
    for (const [index, { outcome }] of preview.rows.entries()) outcomes.set(own[index]?.row ?? 0, outcome)
  }
  return outcomes
}
