import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '../testing/books.ts'
import { connectPglite, type Database, FolderInUse, migrate, sqlArray, UniqueViolation } from './index.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await db.transaction((tx) => tx.script('create table notes (id int primary key, body text)'))
})
afterAll(() => db.close())

const UUID = '0190a5da-c967-774b-bcce-b302099a8057'

it('gives every type alike on every database', async () => {
  const [row] = await db.query(
    `select 1::bigint as small, 9007199254740993 as large, $1::timestamptz as time, $2::bytea as bytes,
            $3::uuid as uuid, $4::text::jsonb as json, 1.50::numeric(9, 2) as amount, array[1, 2]::bigint[] as numbers,
            array['a', 'NULL, "b"', null] as texts, true as yes, null as nothing`,
    [new Date(5), Uint8Array.of(0, 255), UUID, '{"a":[1]}'],
  )

  expect(row).toEqual({
    small: 1n,
    large: 9_007_199_254_740_993n,
    time: new Date(5),
    bytes: expect.any(Uint8Array),
    uuid: UUID,
    json: { a: [1] },
    amount: '1.50',
    numbers: [1n, 2n],
    texts: ['a', 'NULL, "b"', null],
    yes: true,
    nothing: null,
  })
  expect(Uint8Array.from(row?.['bytes'])).toEqual(Uint8Array.of(0, 255))
})

it('any text, bytes and numbers pass through an array as they are', async () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'))
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          t: fc.option(text),
          b: fc.uint8Array({ maxLength: 9 }),
          n: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        }),
      ),
      async (values) => {
        const rows = await db.query<{ t: string | null; b: Uint8Array; n: bigint }>(
          'select * from unnest($1::text[], $2::bytea[], $3::bigint[]) as x(t, b, n)',
          [sqlArray(values.map(({ t }) => t)), sqlArray(values.map(({ b }) => b)), sqlArray(values.map(({ n }) => n))],
        )
        expect(rows.map(({ t, b, n }) => ({ t, b: [...b], n }))).toEqual(
          values.map(({ t, b, n }) => ({ t, b: [...b], n })),
        )
      },
    ),
    { numRuns: 40 },
  )
})

describe('transactions', () => {
  const insert = (id: number, body = 'x') => ({ sql: 'insert into notes values ($1, $2)', parameters: [id, body] })
  const ids = async (): Promise<number[]> =>
    (await db.query<{ id: number }>('select id from notes order by id')).map(({ id }) => id)

  it('a flight happens wholly or not at all, and says which key refused', async () => {
    const before = await ids()

    const broken = db.flight([insert(1), insert(2), insert(1), insert(3)])

    await expect(broken).rejects.toSatisfy((error) => error instanceof UniqueViolation && error.violates('notes_pkey'))
    expect(await ids()).toEqual(before)
    expect(await db.flight([insert(1), { sql: 'select count(*) as n from notes', parameters: [] }])).toEqual([
      [],
      [{ n: BigInt(before.length + 1) }],
    ])
  })

  it('a transaction whose work throws is rolled back', async () => {
    const before = await ids()
    const work = db.transaction(async (tx) => {
      await tx.flight([insert(10), insert(11)])
      throw new Error('no')
    })

    await expect(work).rejects.toThrow('no')
    expect(await ids()).toEqual(before)
  })

  it('a transaction that goes on after a failed statement does not commit', async () => {
    const before = await ids()
    const work = db.transaction(async (tx) => {
      await tx.flight([insert(20)])
      await tx.query('select no_such_column from notes').catch(() => undefined)
      return 'done'
    })

    await expect(work).rejects.toThrow()
    expect(await ids()).toEqual(before)
  })

  it('what others read meanwhile is not part of it', async () => {
    const before = await ids()
    let seen: Promise<number[]> | undefined
    await db.transaction(async (tx) => {
      await tx.flight([insert(30)])
      seen = ids()
      await new Promise((resolve) => setTimeout(resolve, 20))
      await tx.query('delete from notes where id = 30')
    })

    expect(await seen).toEqual(before)
  })

  it.each(['begin', ' COMMIT', 'rollback', 'start transaction'])('a bare "%s" is refused', async (sql) => {
    await expect(async () => db.query(sql)).rejects.toThrow(RangeError)
  })
})

describe('migrations', () => {
  it('are applied once, in order, also by two processes at once; a changed one is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pisto-migrations-'))
    await writeFile(join(folder, '9001-a.sql'), 'create table migrated_a (id int); insert into migrated_a values (1);')
    await writeFile(join(folder, '9002-b.sql'), 'insert into migrated_a values (2);')

    const applied = await Promise.all([migrate(db, [folder]), migrate(db, [folder])])

    expect(applied.flat().toSorted()).toEqual(['9001-a.sql', '9002-b.sql'])
    expect(await db.query('select id from migrated_a order by id')).toEqual([{ id: 1 }, { id: 2 }])
    await writeFile(join(folder, '9002-b.sql'), 'insert into migrated_a values (3);')
    await expect(migrate(db, [folder])).rejects.toThrow('9002-b.sql was changed')
    await rm(folder, { recursive: true })
  })
})

describe('a folder', () => {
  it('keeps what was written, and belongs to one process at a time', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'pisto-folder-'))
    const first = await connectPglite({ dataDir })
    await first.transaction((tx) => tx.script('create table kept (id int); insert into kept values (7)'))

    await expect(connectPglite({ dataDir })).rejects.toBeInstanceOf(FolderInUse)
    const lock = await readFile(join(dataDir, 'pisto.lock'), 'utf8')
    await first.close()

    expect(JSON.parse(lock)).toMatchObject({ pid: process.pid })
    // a process that died without giving the folder back: no such process is alive
    await writeFile(join(dataDir, 'pisto.lock'), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' }))
    const second = await connectPglite({ dataDir })
    expect(await second.query('select id from kept')).toEqual([{ id: 7 }])
    await second.close()
    await rm(dataDir, { recursive: true })
  })
})
