import { embeddedPostgres } from '@pisto/testkit'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** One PostgreSQL for the project `postgres`: that of PISTO_DATABASE_URL, else version 18 from npm. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await embeddedPostgres()
  project.provide('databaseUrl', await postgres.newDatabase())
  return () => postgres.stop()
}
