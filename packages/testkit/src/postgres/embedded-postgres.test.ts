import { connectPostgres } from '@pisto/ledger/database'
import { expect, it } from 'vitest'
import { embeddedPostgres } from './embedded-postgres.ts'

it('starts a real PostgreSQL with empty databases', async () => {
  await using postgres = await embeddedPostgres()
  const [first, second] = [await postgres.newDatabase(), await postgres.newDatabase()]
  const db = connectPostgres(first)

  const [row] = await db.query<{ version: string; tables: bigint }>(
    `select current_setting('server_version_num') as version,
            (select count(*) from pg_tables where schemaname = 'public') as tables`,
  )
  await db.close()

  expect(first).not.toBe(second)
  expect(Number(row?.version)).toBeGreaterThanOrEqual(150_000)
  expect(row?.tables).toBe(0n)
})
