import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Database } from './database.ts'
import { FolderInUse, lockFolder } from './folder-lock.ts'
import { migrate, readMigrations } from './migrate.ts'
import { type Pglite, startPglite } from './pglite.ts'

export interface OpenPgliteOptions {
  /** Where the database lives; made if missing. Undefined: in memory. */
  readonly dataDir?: string | undefined
  /** Folders of migrations, in order. */
  readonly migrations: readonly string[]
  /** Where copies are kept. Default: `.cache/pisto` in the user's home. */
  readonly cacheFolder?: string | undefined
}

/**
 * Opens the embedded PostgreSQL with its tables. To make a cluster takes seconds and gives the same each time: a new
 * database begins as a copy, kept for these migrations and this version of PGlite.
 *
 * @throws {FolderInUse} another process has the folder open
 */
export async function openPglite(options: OpenPgliteOptions): Promise<Database> {
  const { dataDir, migrations, cacheFolder = join(homedir(), '.cache', 'pisto') } = options
  if (dataDir !== undefined) await clearHalfMade(dataDir)
  const isNew = dataDir === undefined || !existsSync(join(dataDir, 'database'))
  const template = join(cacheFolder, `pglite-${fingerprint(migrations)}.tar`)
  if (isNew && dataDir !== undefined) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(halfMade(dataDir), '')
  }
  const copied = isNew && existsSync(template) ? await startFrom(template, dataDir) : undefined
  const pglite = copied ?? (await startPglite({ dataDir }))
  try {
    await migrate(pglite.db, migrations)
    if (isNew && copied === undefined) await keep(pglite, template, cacheFolder)
    if (dataDir !== undefined) rmSync(halfMade(dataDir), { force: true })
    return pglite.db
  } catch (error) {
    await pglite.db.close()
    throw error
  }
}

/** There while a new database is being made: whoever dies then leaves a folder that only looks like one. */
const halfMade = (dataDir: string): string => join(dataDir, 'database.half-made')

/** @throws {FolderInUse} it is being made right now */
async function clearHalfMade(dataDir: string): Promise<void> {
  if (!existsSync(halfMade(dataDir))) return
  const unlock = await lockFolder(dataDir)
  rmSync(join(dataDir, 'database'), { recursive: true, force: true })
  rmSync(halfMade(dataDir), { force: true })
  unlock()
}

/** @returns Undefined: the copy cannot be read; it is taken away, the database is made from nothing. */
async function startFrom(template: string, dataDir: string | undefined): Promise<Pglite | undefined> {
  try {
    return await startPglite({ dataDir, template })
  } catch (error) {
    if (error instanceof FolderInUse) throw error
    rmSync(template, { force: true })
    if (dataDir !== undefined) rmSync(join(dataDir, 'database'), { recursive: true, force: true })
    return undefined
  }
}

/** A convenience: where it cannot be kept, the next start takes its seconds again. */
async function keep(pglite: Pglite, template: string, cacheFolder: string): Promise<void> {
  const own = `${template}.${process.pid}.${process.hrtime.bigint()}`
  try {
    mkdirSync(cacheFolder, { recursive: true })
    await pglite.dumpTo(own)
    renameSync(own, template)
  } catch {
    rmSync(own, { force: true })
  }
}

function fingerprint(migrations: readonly string[]): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  const hash = createHash('sha256').update(version)
  for (const { name, hash: content } of readMigrations(migrations)) hash.update(`\n${name} ${content}`)
  return hash.digest('hex').slice(0, 16)
}
