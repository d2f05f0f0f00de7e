import { createHash } from 'node:crypto'
import type { Import, ImportRow, OPERATIONS, OperationInput } from '@pisto/contract'
import { importHandlers } from '../imports/handlers.ts'
import { listImportRows } from '../imports/outcomes.ts'
import { importDueHandlers } from '../imports/worker.ts'
import type { DueWorker } from '../platform/due/worker.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { dueWorkerOf } from './due-work.ts'
import { aCall, type TestWorld } from './test-world.ts'

type CreateInput = OperationInput<(typeof OPERATIONS)['imports']['createImport']>

export interface FileOptions extends Partial<CreateInput['query']> {
  readonly key?: string
  readonly mediaType?: CreateInput['file']['mediaType']
}

/** Cells by column, as JSON Lines. */
export const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export async function* bytesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content as string)
}

/** Sends a file; its rows wait. */
export function sendFile(
  world: TestWorld,
  tenant: TenantProfile,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  { key, mediaType = 'application/x-ndjson', kind = 'merchants', ...query }: FileOptions = {},
): Promise<Import> {
  const isWhole = typeof content === 'string' || content instanceof Uint8Array
  const bytes = isWhole ? bytesOf(content) : content
  const digest = isWhole ? createHash('sha256').update(content).digest('hex') : 'stream'
  const call = aCall(tenant, 'createImport', key, digest)
  return importHandlers(world).createImport(
    { query: { kind, ...query }, file: { mediaType, bytes } },
    call,
  ) as Promise<Import>
}

/** What does the due work of some tenants' imports. */
export const importWorker = (world: TestWorld, ...tenants: readonly TenantProfile[]): DueWorker =>
  dueWorkerOf(
    world,
    tenants,
    importDueHandlers({ ...world, tenants: { get: async (id) => tenants.find((one) => one.id === id) } }),
  )

/** Sends a file and has it decided. */
export async function importFile(
  world: TestWorld,
  tenant: TenantProfile,
  content: string | Uint8Array,
  options?: FileOptions,
): Promise<{ readonly id: string; readonly rows: ImportRow[] }> {
  const { id } = await sendFile(world, tenant, content, options)
  await importWorker(world, tenant).runDue()
  return { id, rows: await rowsOf(world, tenant, id, options?.kind) }
}

/** All that are decided, in the order of the file. */
export const rowsOf = (
  world: TestWorld,
  tenant: TenantProfile,
  id: string,
  kind: Import['kind'] = 'merchants',
): Promise<ImportRow[]> => listImportRows(world.db, tenant.id, { id, kind }, { after: 0, limit: 1_000_000 })
