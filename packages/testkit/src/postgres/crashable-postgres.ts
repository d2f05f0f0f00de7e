import { type Cluster, startCluster } from './cluster.ts'
import { createDatabase, type EmbeddedPostgres } from './embedded-postgres.ts'

/** A PostgreSQL that keeps what it acknowledges, and can be killed. */
export interface CrashablePostgres extends EmbeddedPostgres, Pick<Cluster, 'crash' | 'restart'> {}

/**
 * PostgreSQL 18 from npm with its durable settings, always a server of its own, for tests of what survives its death.
 *
 * @example
 * await using postgres = await crashablePostgres()
 * const url = await postgres.newDatabase()
 * await postgres.crash()
 * await postgres.restart() // what was committed is there
 */
export async function crashablePostgres(): Promise<CrashablePostgres> {
  const { crash, restart, url, stop } = await startCluster({ isDurable: true })
  return { newDatabase: async () => (await createDatabase(url)).url, crash, restart, stop, [Symbol.asyncDispose]: stop }
}
