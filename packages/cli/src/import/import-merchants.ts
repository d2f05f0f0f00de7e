import { createHash } from 'node:crypto'
import type { Import } from '@pisto/sdk'
import type { ConnectedTenant } from '../connection.ts'
import { type MerchantFile, rowsOf, toMerchantRow } from './merchant-file.ts'
import { routeOf } from './routes.ts'
import { type Outcome, RowSender } from './row-sender.ts'

export interface ImportedFile {
  readonly imports: readonly { readonly tenant: ConnectedTenant['tenant']; readonly import: Import }[]
  readonly outcomes: ReadonlyMap<number, Outcome>
  /** Rows whose outcome an earlier run had brought. */
  readonly knownCount: number
}

/**
 * Imports a file, each row by the tenant of its country. What an earlier run of the same file has brought is asked for
 * first and not sent again, so that after an interruption the same command goes on.
 *
 * @param onProgress Called with the count of rows whose outcome is known.
 */
export async function importMerchants(
  file: MerchantFile,
  tenants: readonly ConnectedTenant[],
  onProgress: (rowCount: number) => void,
): Promise<ImportedFile> {
  const outcomes = new Map<number, Outcome>()
  const take = (some: readonly Outcome[]): void => {
    for (const { row, outcome, merchantId } of some) outcomes.set(row, { row, outcome, merchantId })
    onProgress(outcomes.size)
  }

  const runs = await Promise.all(tenants.map((connected) => begin(file, connected, take)))
  const knownCount = outcomes.size
  const senders = new Map(runs.map(({ connected, sender }) => [connected, sender]))
  for await (const { row, cells } of rowsOf(file)) {
    if (outcomes.has(row)) continue
    const route = routeOf(tenants, cells['country'] ?? '')
    await (route && senders.get(route))?.add(toMerchantRow(row, cells))
  }
  await Promise.all(runs.map(({ sender }) => sender.finish()))
  return { imports: runs.map((run) => ({ tenant: run.connected.tenant, import: run.import })), outcomes, knownCount }
}

interface Run {
  readonly connected: ConnectedTenant
  readonly import: Import
  readonly sender: RowSender
}

async function begin(
  file: MerchantFile,
  connected: ConnectedTenant,
  take: (outcomes: readonly Outcome[]) => void,
): Promise<Run> {
  const { client, tenant } = connected
  const idempotencyKey = createHash('sha256').update(`${file.hash} ${tenant.id}`).digest('hex')
  // named by its content, so that a file that was renamed in between goes on all the same
  const begun = await client.imports.create(
    { kind: 'merchants', name: `merchants ${file.hash.slice(0, 12)}` },
    { idempotencyKey },
  )
  for await (const known of client.imports.rows(begun.id, { limit: 100 })) take([known])
  const sender = new RowSender({
    onOutcomes: take,
    send: async (rows) => (await client.imports.addRows(begun.id, { rows: [...rows] })).data,
  })
  return { connected, import: begun, sender }
}
