import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PgliteSession } from './pglite-session.ts'

let db: PGlite
let session: PgliteSession
beforeAll(async () => {
  db = await PGlite.create()
  session = new PgliteSession(db)
  await session.script('create table notes (id int primary key, body text)')
})
afterAll(() => db.close())

const plain = (sql: string) => ({ sql, parameters: [] })
const preparedCount = async (): Promise<number> =>
  Number((await db.query<{ n: number }>('select count(*) as n from pg_prepared_statements')).rows[0]?.n)

it('a text is prepared once; texts after one that cannot be read are prepared when they come again', async () => {
  const one = { sql: 'select $1::int as one', parameters: [1] }
  await session.run([one])
  const before = await preparedCount()

  expect(await session.run([one, one])).toEqual([[{ one: 1 }], [{ one: 1 }]])
  expect(await preparedCount()).toBe(before)

  const wrong = plain('select nothing from nowhere')
  const later = plain('select 2 as two')
  await expect(session.run([plain('select 0 as zero'), wrong, later])).rejects.toMatchObject({ code: '42P01' })
  await expect(session.run([wrong])).rejects.toMatchObject({ code: '42P01' })
  expect(await session.run([later, plain('select 0 as zero')])).toEqual([[{ two: 2 }], [{ zero: 0 }]])
  expect(await preparedCount()).toBe(before + 2)
})

it('after a failure the rest is not run, and the error names the constraint', async () => {
  const insert = (id: number) => ({ sql: 'insert into notes values ($1, $2)', parameters: [id, 'x'] })

  await expect(session.run([plain('begin'), insert(1), insert(1), insert(2), plain('commit')])).rejects.toMatchObject({
    code: '23505',
    constraint: 'notes_pkey',
  })
  await session.run([plain('rollback')])

  expect(await session.run([plain('select id from notes')])).toEqual([[]])
})

it('a script may change what a text means', async () => {
  const all = plain('select * from notes')
  await session.run([all])
  await session.script('alter table notes add column author text')
  await session.run([plain(`insert into notes values (9, 'x', 'me')`)])

  expect(await session.run([all])).toEqual([[{ id: 9, body: 'x', author: 'me' }]])
})

it('keeps a bounded number of texts prepared', async () => {
  for (let n = 0; n < 600; n++) expect(await session.run([plain(`select ${n} as n`)])).toEqual([[{ n }]])

  expect(await preparedCount()).toBeLessThan(510)
})
