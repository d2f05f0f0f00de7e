import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { PublishedKey, Tenant } from '@pisto/contract'
import { failed } from '../failure.ts'
import { readObject, textOf } from '../lines.ts'

/** First line of an export: whose log it is, what is signed, and by whom. */
export interface ExportHead {
  readonly format: typeof FORMAT
  readonly tenant: Pick<Tenant, 'id' | 'code' | 'name' | 'livemode' | 'logOrigin'>
  /** The signed note over all leaves of the file; null: there are none yet. */
  readonly checkpoint: string | null
  readonly size: number
  /** Those of the tenant that sign checkpoints, as the server publishes them: a claim, like the rest. */
  readonly keys: readonly PublishedKey[]
}

/** Each line after it: a leaf, and the hash that the log keeps of it, base64. */
export interface ExportedLeaf {
  readonly sequence: number
  readonly hash: string
  readonly leaf: string
}

export const FORMAT = 'pisto-log-export/1'

/** An export, line by line; memory does not grow with it. */
export interface ExportFile {
  readonly head: ExportHead
  readonly leaves: AsyncIterable<ExportedLeaf | undefined>
}

/**
 * Opens an export.
 * @returns Its leaves; undefined for a line that is none.
 * @throws {CommandFailure} there is no such file, or it is no export
 */
export async function openExport(file: string): Promise<ExportFile> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })[
    Symbol.asyncIterator
  ]()
  const first = await lines.next().catch((cause: unknown) => {
    throw failed(`${file} cannot be read`, undefined, cause)
  })
  const head = first.done ? undefined : readHead(first.value)
  if (head === undefined) throw failed(`${file} is no export of a log`, 'pisto log export writes one.')
  return { head, leaves: readLeaves({ [Symbol.asyncIterator]: () => lines }) }
}

async function* readLeaves(lines: AsyncIterable<string>): AsyncGenerator<ExportedLeaf | undefined> {
  for await (const line of lines) {
    const { sequence, hash, leaf } = readObject(line) ?? {}
    const isLeaf = typeof sequence === 'number' && typeof hash === 'string' && typeof leaf === 'string'
    yield isLeaf ? { sequence, hash, leaf } : undefined
  }
}

function readHead(line: string): ExportHead | undefined {
  const head = readObject(line)
  const { tenant, keys, size, checkpoint } = (head ?? {}) as Partial<ExportHead>
  const isHead =
    textOf(head, 'format') === FORMAT &&
    typeof tenant?.id === 'string' &&
    typeof tenant.logOrigin === 'string' &&
    typeof size === 'number' &&
    (typeof checkpoint === 'string' || checkpoint === null) &&
    Array.isArray(keys)
  return isHead ? (head as unknown as ExportHead) : undefined
}
