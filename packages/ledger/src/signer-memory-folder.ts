import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodeBase64, encodeBase64, noteKeyHash } from '@pisto/proof'
import { hex } from './database/database.ts'
import type { Recalled, SignedHead, SignedLog, SignerMemory } from './signer-memory.ts'

/** What is in the folder is not what was written there: nobody signs until a person has looked. */
export class SignerMemoryDamaged extends Error {
  override readonly name = 'SignerMemoryDamaged'
}

/** So many heads stay: a number is taken for long after it was used, and a listing never misses all of them. */
const KEPT = 8
const FILE = /^(\d{12})\.json$/
const fileName = (version: number): string => `${String(version).padStart(12, '0')}.json`

/**
 * A memory in a folder: of each log the newest head as a file with a number. The next head is written under another
 * name, synced, and linked to the next number, which the file system does for one process alone; then the folder is
 * synced. So it needs no lock, a crash leaves the old head or the new one, and several processes may share it.
 *
 * @param folder Made if missing. Beside the database's own folder, never in it: a restore must not take it back.
 */
export function folderMemory(folder: string): SignerMemory {
  const folderOf = ({ origin, publicKey }: SignedLog): string =>
    join(folder, `${encodeURIComponent(origin)}+${hex(noteKeyHash(origin, publicKey))}`)
  return {
    recall: (log) => recall(folderOf(log)),
    remember: (log, head, { version }) => remember(folderOf(log), head, version),
  }
}

/** @throws {SignerMemoryDamaged} */
async function recall(at: string): Promise<Recalled> {
  for (;;) {
    const version = Math.max(0, ...(await listVersions(at)))
    if (version === 0) return { head: undefined, version }
    const file = join(at, fileName(version))
    const text = await readFile(file, 'utf8').catch(unlessMissing)
    if (text !== undefined) return { head: parse(text, file), version } // else newer ones were just made
  }
}

async function remember(at: string, head: SignedHead, version: number): Promise<boolean> {
  if (version === 0) await makeFolder(at)
  const draft = join(at, `${process.pid}.${process.hrtime.bigint()}.new`)
  try {
    await writeSynced(draft, JSON.stringify({ ...head, root: encodeBase64(head.root) }))
    if (!(await linked(draft, join(at, fileName(version + 1))))) return false
    await sync(at)
  } finally {
    await rm(draft, { force: true })
  }
  // A number is free again only when others have gone so far past it: then theirs count, and this file nothing.
  const versions = await listVersions(at)
  if (Math.max(...versions) > version + KEPT) return false
  await Promise.all(
    versions.filter((old) => old <= version + 1 - KEPT).map((old) => rm(join(at, fileName(old)), { force: true })),
  )
  return true
}

async function listVersions(at: string): Promise<number[]> {
  const names = (await readdir(at).catch(unlessMissing)) ?? []
  return names.flatMap((name) => FILE.exec(name)?.[1] ?? []).map(Number)
}

function parse(text: string, file: string): SignedHead {
  try {
    const { origin, size, root, note } = JSON.parse(text) as Readonly<Record<string, unknown>>
    const isHead = typeof origin === 'string' && Number.isSafeInteger(size) && typeof note === 'string'
    if (isHead && typeof root === 'string') return { origin, size: Number(size), root: decodeBase64(root), note }
  } catch (cause) {
    throw new SignerMemoryDamaged(`${file} is no signed head`, { cause })
  }
  throw new SignerMemoryDamaged(`${file} is no signed head`)
}

/** The entry of a new folder is in its parent's list, which must survive, too. */
async function makeFolder(at: string): Promise<void> {
  const first = await mkdir(at, { recursive: true })
  for (let made = at; first !== undefined && made.length >= first.length; made = dirname(made)) {
    await sync(dirname(made))
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @returns false: there is one of that name. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
