import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connectPostgres, type Database } from '@pisto/ledger'
import { type CrashablePostgres, crashablePostgres } from '@pisto/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

// postgres.js 3.4.9 alone fails each of these: it writes to a socket that is gone (an exception nobody can catch ends
// the process), lends a lost connection to two at once, never settles what waited on it, never gives its place back.

const CONNECTIONS = 2

let postgres: CrashablePostgres
let url: string
let other: Database
let db: Database
beforeAll(async () => {
  postgres = await crashablePostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  url = await postgres.newDatabase()
  other = connectPostgres(url, { connectionCount: 1 })
  await other.query('create table notes (text text primary key)')
  db = connectPostgres(url, { connectionCount: CONNECTIONS })
  return () => Promise.all([other.close(), db.close()])
})

const insert = (text: string) => ({ sql: 'insert into notes values ($1)', parameters: [text] })
const lost = { name: 'ConnectionLost' }
const notes = async (): Promise<string[]> =>
  (await other.query<{ text: string }>('select text from notes order by text')).map(({ text }) => text)

/** Ends every session of `db` from the other side, and waits until they are gone. */
async function loseConnections(): Promise<void> {
  await other.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await delay(20) // until this process has been told
}

it('a transaction whose connection is lost between two statements is lost: nothing of it stays', async () => {
  const work = db.transaction(async (tx) => {
    await tx.flight([insert('half')])
    await loseConnections()
    await tx.flight([insert('other half')])
  })

  await expect(work).rejects.toMatchObject(lost)
  expect(await notes()).toEqual([])
})

it('what still follows in a lost transaction never reaches the one that is given its place', async () => {
  const single = connectPostgres(url, { connectionCount: 1 })
  const secondHasBegun = Promise.withResolvers<void>()
  const first = single.transaction(async (tx) => {
    await tx.flight([insert('first')])
    await loseConnections()
    await Promise.race([secondHasBegun.promise, delay(200)])
    await tx.flight([insert('first again')])
  })
  const firstIsOver = first.catch(() => undefined)
  const second = single.transaction(async (tx) => {
    await tx.flight([insert('second')])
    secondHasBegun.resolve()
    await firstIsOver
  })

  await expect(first).rejects.toMatchObject(lost)
  await second
  expect(await notes()).toEqual(['second'])
  await single.close()
})

it('statements that wait for a first answer of the server are told when it never comes', async () => {
  const flight = db.flight([
    { sql: 'select pg_sleep($1::float8)', parameters: [30] },
    insert('a'), // sent only when the statement before it has been prepared
    insert('b'),
  ])
  const told = expect(flight).rejects.toMatchObject(lost)
  await delay(200)
  await loseConnections()

  await told
  expect(await notes()).toEqual([])
})

it('a server that dies while a connection opens is no server', async () => {
  const ready = Buffer.from('520000000800000000' + '5a0000000549', 'hex') // authentication is not needed; idle
  const dying = createServer((socket) => {
    socket.once('data', () => {
      socket.write(ready)
      socket.once('data', () => socket.resetAndDestroy())
    })
  }).listen(0, '127.0.0.1')
  await once(dying, 'listening')
  const { port } = dying.address() as AddressInfo
  const toDying = connectPostgres(`postgresql://postgres@127.0.0.1:${port}/postgres`)

  await expect(toDying.query('select 1')).rejects.toMatchObject(lost)

  await toDying.close()
  dying.close()
})

it('after an outage as many transactions as before run at once', async () => {
  await db.query('select 1')
  await postgres.crash()
  for (let attempt = 0; attempt < 3 * CONNECTIONS; attempt++) {
    await expect(db.flight([insert('while it is down')])).rejects.toMatchObject(lost)
  }
  await postgres.restart()
  await other.query('select 1').catch(() => undefined) // its own connection is lost, too

  const open = new Set<number>()
  let most = 0
  await Promise.all(
    Array.from({ length: 3 * CONNECTIONS }, (_, n) =>
      db.transaction(async (tx) => {
        most = Math.max(most, open.add(n).size)
        await tx.flight([insert(`transaction ${n}`), { sql: 'select pg_sleep($1::float8)', parameters: [0.02] }])
        open.delete(n)
      }),
    ),
  )

  expect(most).toBe(CONNECTIONS)
  expect(await notes()).toHaveLength(3 * CONNECTIONS)
})
