import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import type { JournalEntry } from '../entry.ts'
import { inTurn } from '../locks.ts'
import type { JournalStorage } from '../storage.ts'
import { lockFile } from './file-lock.ts'

export { JournalInUse } from './file-lock.ts'
export { fileSigner } from './file-signer.ts'

/** A line that is not the last one cannot be read: something else has written to the file. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged'
  readonly line: number
  constructor(path: string, line: number) {
    super(`${path} is damaged in line ${line}`)
    this.line = line
  }
}

/**
 * Keeps a journal in a file, a line for each write: its checksum, then the entries as JSON. A write is on the disk when
 * it resolves. What a crash leaves of a last line is cut off: that write never resolved.
 *
 * @param path Of the file; it is made where there is none. One process at a time has it open.
 * @throws {JournalInUse} another living process has it open
 * @throws {JournalDamaged}
 */
export async function fileStorage(path: string): Promise<JournalStorage> {
  const unlock = lockFile(`${path}.lock`)
  try {
    return await openFile(path, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function openFile(path: string, unlock: () => void): Promise<JournalStorage> {
  const entries = await mended(path)
  const file = await open(path, 'a', 0o600)
  let size = (await file.stat()).size

  const append = async (changed: readonly JournalEntry[]): Promise<void> => {
    const bytes = lineOf(changed)
    try {
      await file.appendFile(bytes)
      await file.datasync()
    } catch (error) {
      await file.truncate(size) // else the next line would follow half a one
      throw error
    }
    size += bytes.length
  }
  const sorted = (): JournalEntry[] => [...entries.values()].sort((a, b) => a.sequence - b.sequence)
  return {
    alone: (kind, work) => inTurn(`${path} ${kind}`, work),
    read: async () => sorted(),
    about: async (subject) => sorted().filter((entry) => entry.subject === subject),
    last: async () => Math.max(0, ...entries.keys()),
    async write(changed) {
      if (changed.length === 0) return
      await append(changed)
      for (const entry of changed) entries.set(entry.sequence, entry)
    },
    async close() {
      await file.close()
      unlock()
    },
  }
}

const lineOf = (entries: readonly JournalEntry[]): Buffer => {
  const text = JSON.stringify(entries)
  return Buffer.from(`${checksum(text)} ${text}\n`)
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0')

interface Read {
  readonly entries: Map<number, JournalEntry>
  readonly lineCount: number
  /** Up to the end of the last whole line. */
  readonly goodBytes: number
}

function readLines(path: string, bytes: Buffer): Read {
  const entries = new Map<number, JournalEntry>()
  let lineCount = 0
  let goodBytes = 0
  while (goodBytes < bytes.length) {
    const end = bytes.indexOf(10, goodBytes)
    const text = end < 0 ? '' : bytes.toString('utf8', goodBytes + 9, end)
    if (end < 0 || bytes.toString('latin1', goodBytes, goodBytes + 9) !== `${checksum(text)} `) {
      if (end >= 0 && end < bytes.length - 1) throw new JournalDamaged(path, lineCount + 1)
      break
    }
    for (const entry of JSON.parse(text) as JournalEntry[]) entries.set(entry.sequence, entry)
    goodBytes = end + 1
    lineCount++
  }
  return { entries, lineCount, goodBytes }
}

/** Cuts off what a crash has left of a last line, and writes a file anew that says most things twice. */
async function mended(path: string): Promise<Map<number, JournalEntry>> {
  const { entries, lineCount, goodBytes } = readLines(path, await contentOf(path))
  if (lineCount > 2 * entries.size + 64) await rewrite(path, entries)
  else {
    await using file = await open(path, 'a', 0o600)
    await file.truncate(goodBytes)
    await file.sync()
  }
  await syncFolder(path)
  return entries
}

const contentOf = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })

/** The same entries, each once: written beside it, then put in its place. */
async function rewrite(path: string, entries: ReadonlyMap<number, JournalEntry>): Promise<void> {
  const beside = `${path}.new`
  {
    await using file = await open(beside, 'w', 0o600)
    for (const entry of entries.values()) await file.appendFile(lineOf([entry]))
    await file.sync()
  }
  await rename(beside, path)
}

/** A file that is new, or has taken another's place, is there after a loss of power only with its folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  await folder.sync().catch(() => undefined) // not every system can
  await folder.close()
}
