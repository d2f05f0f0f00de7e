import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPglite } from './pglite-template.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pisto-template-'))
  mkdirSync(join(root, 'migrations'))
  writeFileSync(join(root, 'migrations/0001-notes.sql'), 'create table notes (text text primary key);')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const open = (dataDir?: string) =>
  openPglite({ dataDir, migrations: [join(root, 'migrations')], cacheFolder: join(root, 'cache') })
const copies = (): string[] => (existsSync(join(root, 'cache')) ? readdirSync(join(root, 'cache')) : [])

it('the first database is made and a copy kept; later ones begin as the copy, empty and apart', async () => {
  const first = await open()
  expect(copies()).toHaveLength(1)
  await first.query('insert into notes values ($1)', ['mine'])

  const second = await open()

  expect(await second.query('select * from notes')).toEqual([])
  await second.query('insert into notes values ($1)', ['mine'])
  await Promise.all([first.close(), second.close()])
})

it('a folder begins as the copy and keeps what is written to it', async () => {
  const folder = join(root, 'books')
  const first = await open(folder)
  await first.query('insert into notes values ($1)', ['kept'])
  await first.close()

  const second = await open(folder)

  expect(await second.query('select * from notes')).toEqual([{ text: 'kept' }])
  await expect(open(folder)).rejects.toMatchObject({ name: 'FolderInUse' })
  await second.close()
})

it('a folder whose making was cut off is made again', async () => {
  const folder = join(root, 'cut-off')
  mkdirSync(join(folder, 'database'), { recursive: true })
  writeFileSync(join(folder, 'database/PG_VERSION'), '18\n')
  writeFileSync(join(folder, 'database.half-made'), '')

  const db = await open(folder)

  expect(await db.query('select * from notes')).toEqual([])
  await db.close()
  expect(existsSync(join(folder, 'database.half-made'))).toBe(false)
})

it('a copy that cannot be read is made anew', async () => {
  const [name = ''] = copies()
  writeFileSync(join(root, 'cache', name), 'not a tar')

  const db = await open()

  expect(await db.query('select * from notes')).toEqual([])
  await db.close()
  expect(copies()).toEqual([name])
})

// Node ends a thread that waits for nothing but a compilation in the background: on a busy machine it was gone.
it('a thread that waits only until PGlite is compiled lives', () => {
  const options = { migrations: [join(root, 'migrations')], cacheFolder: join(root, 'cache') }
  const program = join(root, 'open.mjs')
  writeFileSync(
    program,
    `import { openPglite } from '${new URL('./pglite-template.ts', import.meta.url)}'
     await (await openPglite(${JSON.stringify(options)})).close()`,
  )

  // compiled at once and as a whole, not bit by bit: it takes seconds
  const { status, stderr } = spawnSync(process.execPath, ['--no-wasm-lazy-compilation', program], { encoding: 'utf8' })

  expect(stderr).toBe('')
  expect(status).toBe(0)
})

it('other migrations have another copy', async () => {
  writeFileSync(join(root, 'migrations/0002-more.sql'), 'create table more (id int primary key);')

  const db = await open()

  expect(await db.query('select * from more')).toEqual([])
  await db.close()
  expect(copies()).toHaveLength(2)
})
