import { TILE_WIDTH, tilePath, tileWidth } from '@pisto/proof'
import type { ConnectedTenant } from '../connection.ts'
import { failed } from '../failure.ts'
import { type ExportedLeaf, type ExportHead, FORMAT } from './export-file.ts'
import { newestCheckpoint, sizeOf } from './newest-checkpoint.ts'

const LEAVES = 1000
const HASH_LENGTH = 32

/**
 * A tenant's whole log as lines of JSON, up to the newest checkpoint: it grows meanwhile, and what is newer is left
 * out. Hashes come from the tiles, leaves from the books: where a database contradicts itself, the file shows it.
 *
 * @throws {CommandFailure} leaves that were signed are missing
 */
export async function* exportLines(
  { client, tenant }: ConnectedTenant,
  onProgress: (leafCount: number, size: number) => void,
): AsyncGenerator<string> {
  const { keys } = await client.service.keys()
  const checkpoint = await newestCheckpoint(client)
  const size = sizeOf(checkpoint)
  const { id, code, name, livemode, logOrigin } = tenant
  const head: ExportHead = {
    format: FORMAT,
    tenant: { id, code, name, livemode, logOrigin },
    checkpoint: checkpoint ?? null,
    size,
    keys: keys.filter(({ use, tenantId }) => use === 'checkpoint' && tenantId === id),
  }
  yield JSON.stringify(head)

  let count = 0
  let tile: Buffer = Buffer.alloc(0)
  for await (const { sequence, leaf } of client.log.leaves({ limit: LEAVES })) {
    if (count === size) return
    if (count % TILE_WIDTH === 0) tile = await readTile(client, count / TILE_WIDTH, size)
    const at = (count % TILE_WIDTH) * HASH_LENGTH
    const hash = tile.subarray(at, at + HASH_LENGTH).toString('base64')
    yield JSON.stringify({ sequence, hash, leaf } satisfies ExportedLeaf)
    onProgress(++count, size)
  }
  if (count < size) throw failed(`The log of ${code} has ${count} leaves; ${size} were signed`)
}

async function readTile(client: ConnectedTenant['client'], index: number, size: number): Promise<Buffer> {
  const path = tilePath(0, index, tileWidth(0, index, size)).slice('tile/'.length)
  return Buffer.from(await client.log.tile(path))
}
