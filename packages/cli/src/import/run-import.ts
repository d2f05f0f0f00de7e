import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Import } from '@pisto/sdk'
import { openRowFile } from '@pisto/server'
import type { ConnectedTenant } from '../connection.ts'
import { type ExaminedFile, rowsOf } from './local-file.ts'
import { routeOf } from './routes.ts'

/** A tenant's part of a file. */
export interface TenantImport {
  readonly connected: ConnectedTenant
  readonly import: Import
  /** Rows that were decided before this run. */
  readonly knownCount: number
}

/** What became of a row; null: nothing is known of it. */
export type Outcome = { readonly outcome: string; readonly id: string | null } | null

const POLL_MS = 500
/** An import that stands still for so long waits after a failure: it is told to go on. */
const STANDSTILL_MS = 30_000

/**
 * Sends a file, each row to the tenant of its country, and waits until all rows are decided. What was sent by an
 * earlier run of the same file is found and not sent again, so that after an interruption the same command goes on.
 *
 * @param onProgress Called with the count of rows that are decided.
 */
export async function runImport(
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
  onProgress: (rowCount: number) => void,
): Promise<readonly TenantImport[]> {
  const begun: TenantImport[] = []
  for (const connected of tenants) {
    if (hasRowsFor(file, tenants, connected)) begun.push(await begin(file, tenants, connected))
  }
  const done = new Map(begun.map((each) => [each, decidedOf(each.import)]))
  const tell = (each: TenantImport, count: number): void => {
    done.set(each, count)
    onProgress([...done.values()].reduce((sum, one) => sum + one, 0))
  }
  return Promise.all(begun.map((each) => completed(each, (count) => tell(each, count))))
}

/**
 * The rows of a file with what became of them, in order. Neither the file nor the outcomes are ever in memory whole.
 */
export async function* withOutcomes(
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
  imports: readonly TenantImport[],
) {
  const results = new Map(imports.map((each) => [each.connected, outcomesOf(each)]))
  for await (const row of rowsOf(file)) {
    if (row.error !== undefined) {
      yield { row, outcome: { outcome: row.error, id: null } }
      continue
    }
    const route = routeOf(tenants, row.fields.country ?? '')
    const next = await (route && results.get(route))?.next()
    yield { row, outcome: next?.done === false ? next.value : null }
  }
}

const hasRowsFor = (file: ExaminedFile, tenants: readonly ConnectedTenant[], connected: ConnectedTenant): boolean =>
  [...file.countByCountry.keys()].some((country) => routeOf(tenants, country) === connected)

async function begin(
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
  connected: ConnectedTenant,
): Promise<TenantImport> {
  const { client } = connected
  const externalId = nameOf(file, tenants, connected)
  for await (const known of client.imports.list({ externalId })) {
    if (known.status !== 'receiving') return { connected, import: known, knownCount: decidedOf(known) }
  }
  const content = () => linesFor(file, tenants, connected)
  const kind = file.options.kind.name
  const created = await client.imports.create(
    { mediaType: 'application/x-ndjson', content },
    { kind, externalId, name: `${kind} ${file.hash.slice(0, 12)}` },
    { idempotencyKey: externalId },
  )
  return { connected, import: created, knownCount: 0 }
}

/**
 * Names a tenant's part of a file by what is in it, so that a file that was renamed in between goes on all the same,
 * and one whose columns are read otherwise is another.
 */
function nameOf(file: ExaminedFile, tenants: readonly ConnectedTenant[], { tenant }: ConnectedTenant): string {
  const countries = tenants.map((each) => each.tenant.country)
  const parts = [file.hash, file.options.kind.name, file.encoding, file.columns, countries, tenant.id]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** What a tenant is sent: a line of JSON for each of its rows, by field. */
async function* linesFor(
  file: ExaminedFile,
  tenants: readonly ConnectedTenant[],
  connected: ConnectedTenant,
): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const { fields, error } of rowsOf(file)) {
    if (error !== undefined || routeOf(tenants, fields.country ?? '') !== connected) continue
    text += `${JSON.stringify(fields)}\n`
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

async function completed(begun: TenantImport, onProgress: (count: number) => void): Promise<TenantImport> {
  const { client } = begun.connected
  let [found, stoodMs] = [begun.import, 0]
  while (found.status !== 'completed') {
    await delay(POLL_MS)
    const next = await client.imports.get(found.id)
    stoodMs = decidedOf(next) > decidedOf(found) ? 0 : stoodMs + POLL_MS
    if (stoodMs >= STANDSTILL_MS) {
      await client.imports.resume(found.id)
      stoodMs = 0
    }
    found = next
    onProgress(decidedOf(found))
  }
  return { ...begun, import: found }
}

async function* outcomesOf({ connected, import: { id } }: TenantImport): AsyncGenerator<NonNullable<Outcome>> {
  const { rows } = await openRowFile(await connected.client.imports.result(id), { format: 'csv' })
  for await (const { cells } of rows) yield { outcome: cells['outcome'] ?? '', id: cells['id'] || null }
}

const decidedOf = ({ acceptedCount, refusedCount }: Import): number => acceptedCount + refusedCount
