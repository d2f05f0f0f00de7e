import { connectPostgres } from '@pisto/ledger/database'
import { expect, it } from 'vitest'
import { crashablePostgres } from './crashable-postgres.ts'

it('what was committed is there after the server and all its processes were killed, what was not is gone', async () => {
  await using postgres = await crashablePostgres()
  const url = await postgres.newDatabase()
  const before = connectPostgres(url)
  await before.query('create table notes (text text)')
  await before.query(`insert into notes values ('committed')`)
  const open = before.transaction(async (tx) => {
    await tx.query(`insert into notes values ('not committed')`)
    await postgres.crash()
    await tx.query('select 1')
  })
  await expect(open).rejects.toMatchObject({ name: 'ConnectionLost' })

  await postgres.restart()

  const after = connectPostgres(url)
  expect(await after.query('select text from notes')).toEqual([{ text: 'committed' }])
  await Promise.all([before.close(), after.close()])
})
