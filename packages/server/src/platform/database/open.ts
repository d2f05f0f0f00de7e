import { fileURLToPath } from 'node:url'
import { connectPglite, connectPostgres, type Database, ledgerMigrations, migrate } from '@pisto/ledger/database'
import type { DatabaseLocation } from '../../configuration.ts'

/** The server's own tables, on top of the ledger's. */
export const serverMigrations: string = fileURLToPath(new URL('./migrations/', import.meta.url))

/** Connects to the books and brings their tables up to date. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const db = await connect(location)
  try {
    await migrate(db, [ledgerMigrations, serverMigrations])
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

async function connect(location: DatabaseLocation): Promise<Database> {
  switch (location.kind) {
    case 'memory':
      return connectPglite()
    case 'folder':
      return connectPglite({ dataDir: location.path })
    case 'postgres':
      return connectPostgres(location.url)
  }
}
