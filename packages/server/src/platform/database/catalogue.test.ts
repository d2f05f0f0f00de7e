import { connectPglite, type Database, ledgerMigrations, migrate } from '@pisto/ledger/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverMigrations } from './open.ts'

/** Tables without a tenant in their key, each with the reason (docs/concepts/scale.md). */
const SHARED: Readonly<Record<string, string>> = {
  wrapped_secrets: 'reference table',
  schema_migrations: 'which files have been applied',
  server_secrets: 'reference table',
  sandbox_state: 'reference table',
  policy_versions: 'reference table',
  tenant_codes: 'look-up table: by code',
  api_keys: 'look-up table: by hash of the key',
  aliases: 'look-up table: by alias',
  session_tenants: 'look-up table: by session',
}

let db: Database
beforeAll(async () => {
  db = await connectPglite()
  await migrate(db, [ledgerMigrations, serverMigrations])
})
afterAll(() => db.close())

const tables = () =>
  db.query<{ name: string }>(`select relname as name from pg_class where ${OWN} and relkind in ('r', 'p')`)
const OWN = `relnamespace = 'public'::regnamespace`

it('every table has a primary key; all but the shared ones begin it, and every unique key, with tenant_id', async () => {
  const keys = await db.query<{ name: string; key: string; first: string; is_primary: boolean }>(
    `select c.relname as name, k.relname as key, a.attname as first, i.indisprimary as is_primary
     from pg_index i
     join pg_class c on c.oid = i.indrelid
     join pg_class k on k.oid = i.indexrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.${OWN} and i.indisunique`,
  )
  const withPrimary = new Set(keys.filter((key) => key.is_primary).map(({ name }) => name))

  expect((await tables()).map(({ name }) => name).filter((name) => !withPrimary.has(name))).toEqual([])
  const wrong = keys.filter(({ name, first }) => first !== 'tenant_id' && !Object.hasOwn(SHARED, name))
  expect(wrong).toEqual([])
})

it('the exceptions are still there', async () => {
  const names = (await tables()).map(({ name }) => name)

  expect(Object.keys(SHARED).filter((name) => !names.includes(name))).toEqual([])
})

it('every index of a tenant table begins with tenant_id', async () => {
  const indexes = await db.query<{ name: string; key: string }>(
    `select c.relname as name, k.relname as key
     from pg_index i
     join pg_class c on c.oid = i.indrelid
     join pg_class k on k.oid = i.indexrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.${OWN} and a.attname <> 'tenant_id'`,
  )

  expect(indexes.filter(({ name }) => !Object.hasOwn(SHARED, name))).toEqual([])
})

it.each([
  // what                     query                                                                       why
  ['sequences', `select relname from pg_class where ${OWN} and relkind = 'S'`, 'no global numbers'],
  [
    'identity columns',
    `select attname from pg_attribute where attidentity <> '' and attrelid > 16384`,
    'nor hidden ones',
  ],
  ['triggers', 'select tgname from pg_trigger where not tgisinternal', 'Citus refuses them'],
  ['rules', `select rulename from pg_rules where schemaname = 'public'`, 'nor rewriting'],
  [
    'volatile defaults',
    `select d.oid from pg_attrdef d join pg_class c on c.oid = d.adrelid
     where c.${OWN} and pg_get_expr(d.adbin, d.adrelid) ~ '(now|current_|random|uuidv)'`,
    'SQL never says now()',
  ],
  [
    'foreign keys without tenant_id',
    `select conname from pg_constraint k join pg_class c on c.oid = k.conrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where c.${OWN} and k.contype = 'f' and a.attname <> 'tenant_id'`,
    'co-located only',
  ],
])('there are no %s', async (_what, query, _why) => {
  expect(await db.query(query)).toEqual([])
})

it('migrating again changes nothing', async () => {
  expect(await migrate(db, [ledgerMigrations, serverMigrations])).toEqual([])
})
