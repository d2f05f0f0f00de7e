import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Database, type Transaction, UniqueViolation } from './database.ts'

/** The ledger's own tables. */
export const ledgerMigrations: string = fileURLToPath(new URL('../migrations/', import.meta.url))

export interface Migration {
  /** File name: `0001-ledger.sql`. */
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/** Reads the migrations of some folders, in the order of folders and file names. */
export function readMigrations(folders: readonly string[]): Migration[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => {
        const sql = readFileSync(`${folder}/${name}`, 'utf8')
        return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

/**
 * Brings the database up to date: each file once, each in its own transaction, safe when two processes start at once.
 *
 * @returns Names of the files applied now.
 * @throws {Error} a file that was applied before has changed since
 */
export async function migrate(db: Database, folders: readonly string[]): Promise<string[]> {
  await db.transaction(createRegister).catch((error: unknown) => {
    if (!isRaceOfCreation(error)) throw error // another process was a moment quicker: it exists now
  })
  const applied: string[] = []
  for (const migration of readMigrations(folders)) {
    const isNew = await db.transaction((tx) => applyOnce(tx, migration))
    if (isNew) applied.push(migration.name)
  }
  return applied
}

const createRegister = (tx: Transaction): Promise<void> =>
  tx.script('create table if not exists schema_migrations (name text primary key, hash text not null)')

async function applyOnce(tx: Transaction, { name, sql, hash }: Migration): Promise<boolean> {
  await tx.script('lock table schema_migrations in exclusive mode')
  const [known] = await tx.query<{ hash: string }>('select hash from schema_migrations where name = $1', [name])
  if (known?.hash === hash) return false
  if (known) throw new Error(`migration ${name} was changed after it had been applied`)
  await tx.script(sql)
  await tx.query('insert into schema_migrations (name, hash) values ($1, $2)', [name, hash])
  return true
}

/** `create table if not exists` is not safe against itself: PostgreSQL then says 23505 or 42P07. */
const isRaceOfCreation = (error: unknown): boolean =>
  error instanceof UniqueViolation || (error as { code?: string }).code === '42P07'
