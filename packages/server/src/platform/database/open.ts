import { fileURLToPath } from 'node:url'
import { connectPostgres, type Database, ledgerMigrations, migrate, openPglite } from '@pisto/ledger/database'
import type { DatabaseLocation } from '../../configuration.ts'

/** The server's own tables, on top of the ledger's. */
export const serverMigrations: string = fileURLToPath(new URL('./migrations/', import.meta.url))

const MIGRATIONS = [ledgerMigrations, serverMigrations]

/** Connects to the books and brings their tables up to date. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  switch (location.kind) {
    case 'memory':
      return openPglite({ migrations: MIGRATIONS })
    case 'folder':
      return openPglite({ dataDir: location.path, migrations: MIGRATIONS })
    case 'postgres':
      return openPostgres(location.url)
  }
}

async function openPostgres(url: string): Promise<Database> {
  const db = connectPostgres(url)
  try {
    await migrate(db, MIGRATIONS)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
