import { expect, it } from 'vitest'
import { undurableSettings } from './durability.ts'
import { connectPglite, connectPostgres } from './index.ts'

const url = process.env['PISTO_DATABASE_URL']

it('PGlite is not asked: it never waits for the disk', async () => {
  const db = await connectPglite()

  expect(await undurableSettings(db)).toEqual([])
  await db.close()
})

it.runIf(url)('a PostgreSQL that does not wait for the disk is found out', async () => {
  const settingsWith = async (synchronousCommit: string) => {
    const own = new URL(url ?? '')
    own.searchParams.set('synchronous_commit', synchronousCommit)
    const db = connectPostgres(own.href)
    const settings = await undurableSettings(db)
    await db.close()
    return settings
  }

  expect(await settingsWith('off')).toContain('synchronous_commit')
  for (const durable of ['on', 'local', 'remote_apply']) {
    expect(await settingsWith(durable)).not.toContain('synchronous_commit')
  }
})
