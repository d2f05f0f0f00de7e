import { randomUUID } from 'node:crypto'
import { connectPostgres } from '@pisto/ledger/database'
import { databaseUrl } from '../environment.ts'
import { startCluster } from './cluster.ts'

/** A PostgreSQL for tests. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Makes an empty database. @returns its URL */
  newDatabase(): Promise<string>
  /** Drops the databases; ends the server if it was started here. */
  stop(): Promise<void>
}

/**
 * A real PostgreSQL: that of `PISTO_DATABASE_URL`, else version 18 from npm, started here in about a second and
 * without anything installed on the machine.
 *
 * @example
 * await using postgres = await embeddedPostgres()
 * await using sandbox = await startSandbox({ databaseUrl: await postgres.newDatabase() })
 */
export async function embeddedPostgres(): Promise<EmbeddedPostgres> {
  const given = databaseUrl()
  const cluster = given === undefined ? await startCluster() : { url: given, stop: async () => undefined }
  const names: string[] = []

  const stop = async (): Promise<void> => {
    if (given !== undefined) await dropDatabases(given, names)
    await cluster.stop()
  }
  return {
    async newDatabase() {
      const name = `pisto_${randomUUID().replaceAll('-', '')}`
      await onServer(cluster.url, [`create database ${name}`])
      names.push(name)
      const url = new URL(cluster.url)
      url.pathname = `/${name}`
      return url.href
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
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
