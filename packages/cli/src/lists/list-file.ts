import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  type ListCounts,
  type ListEntry,
  ListRefused,
  type ReadListOptions,
  readList,
} from '@pisto/server/screening-lists'
import { failed, misused } from '../failure.ts'

/** A list's file, and how to read it. */
export interface ListFile extends Pick<ReadListOptions, 'format' | 'maxBrokenShare'> {
  readonly path: string
  readonly alternates: string | undefined
}

export interface BrokenRow {
  readonly line: number
  readonly reason: string
}

/** A file that was read to its end once, and found in order. */
export interface ExaminedList {
  readonly counts: ListCounts
  /** The first hundred. */
  readonly broken: readonly BrokenRow[]
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly hash: string
}

const BROKEN_TOLD = 100

/**
 * Reads the whole file before anything is sent.
 *
 * @throws {CommandFailure} it cannot be read, or is no such list; says where
 */
export async function examineList(file: ListFile): Promise<ExaminedList> {
  const broken: BrokenRow[] = []
  const hash = createHash('sha256')
  const reading = entriesOf(file, {
    onBytes: (bytes) => hash.update(bytes),
    onBroken: (row) => {
      if (broken.length < BROKEN_TOLD) broken.push({ line: row.line, reason: row.reason })
    },
  })
  for (;;) {
    const { done, value } = await reading.next()
    if (done) return { counts: value, broken, hash: hash.digest('hex') }
  }
}

interface Watch {
  readonly onBytes?: (bytes: Uint8Array) => void
  readonly onBroken?: NonNullable<ReadListOptions['onBroken']>
}

/** The entries in the order of the file. @throws as `examineList` */
export async function* entriesOf(
  { path, alternates, ...options }: ListFile,
  { onBytes = () => undefined, onBroken = () => undefined }: Watch = {},
): AsyncGenerator<ListEntry, ListCounts> {
  try {
    return yield* readList(bytesOf(path, onBytes), {
      ...options,
      ...(alternates !== undefined && { alternates: bytesOf(alternates, onBytes) }),
      onBroken,
    })
  } catch (error) {
    if (error instanceof ListRefused) throw misused(`${path} is refused (${error.code}): ${error.message}`)
    throw error
  }
}

async function* bytesOf(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of createReadStream(path) as AsyncIterable<Uint8Array>) {
      onBytes(bytes)
      yield bytes
    }
  } catch (cause) {
    throw failed(`${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, undefined, cause)
  }
}
