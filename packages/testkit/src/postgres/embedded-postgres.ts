import { randomUUID } from 'node:crypto'
import { connectPostgres } from '@pisto/ledger/database'
import { databaseUrl } from '../environment.ts'
import { type ClusterOptions, startCluster } from './cluster.ts'

/** A PostgreSQL for tests. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Makes an empty database. @returns its URL */
  newDatabase(): Promise<string>
  /** Drops the databases; ends the server if it was started here. */
  stop(): Promise<void>
}

/** A durable server, or one with settings, is always one of its own. */
export interface EmbeddedPostgresOptions extends ClusterOptions {
  /** A server that exists. Default: that of `PISTO_DATABASE_URL`, unless it must be `isDurable` or has `settings`. */
  readonly url?: string | undefined
}

/** For measurements: durable as it comes; memory and the distance of checkpoints as on a small server, not the smallest. */
export const MEASURED_SERVER: EmbeddedPostgresOptions = {
  isDurable: true,
  settings: ['shared_buffers=1GB', 'max_wal_size=4GB'],
}

/**
 * A real PostgreSQL: that of `PISTO_DATABASE_URL`, else version 18 from npm, started here in about a second and
 * without anything installed on the machine.
 *
 * @example
 * await using postgres = await embeddedPostgres()
 * await using sandbox = await startSandbox({ databaseUrl: await postgres.newDatabase() })
 */
export async function embeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const given = options.url ?? (options.isDurable || options.settings ? undefined : databaseUrl())
  const cluster = given === undefined ? await startCluster(options) : { url: given, stop: async () => undefined }
  const names: string[] = []

  const stop = async (): Promise<void> => {
    if (given !== undefined) await dropDatabases(given, names)
    await cluster.stop()
  }
  return {
    async newDatabase() {
      const { name, url } = await createDatabase(cluster.url)
      names.push(name)
      return url
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Makes an empty database with a name of its own. */
export async function createDatabase(serverUrl: string): Promise<{ readonly name: string; readonly url: string }> {
  const name = `pisto_${randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, [`create database ${name}`])
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { name, url: url.href }
}

const dropDatabases = (url: string, names: readonly string[]): Promise<void> =>
  onServer(
    url,
    names.map((name) => `drop database if exists ${name} with (force)`),
  )

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const server = connectPostgres(url, { connectionCount: 1 })
  try {
    for (const statement of statements) await server.query(statement)
  } finally {
    await server.close()
  }
}
