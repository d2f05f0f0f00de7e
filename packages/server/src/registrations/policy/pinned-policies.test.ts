import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { connectPglite, type Database, migrate } from '@pisto/ledger/database'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { serverMigrations } from '../../platform/database/open.ts'
import { pinPolicies } from './pinned-policies.ts'
import { FOLDER } from './read-policies.ts'

const NOW = new Date('2026-11-28T12:00:00Z')
const LAW = 'gt-2026-11-28.json'

let db: Database
let folder: string
beforeAll(async () => {
  db = await connectPglite()
  await migrate(db, [serverMigrations])
  folder = mkdtempSync(join(tmpdir(), 'pisto-policies-'))
})
beforeEach(async () => {
  await db.query('delete from policy_versions')
  cpSync(fileURLToPath(FOLDER), folder, { recursive: true, filter: (name) => !name.endsWith('.ts') })
  await start()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await db.close()
})

const start = () => pinPolicies(db, NOW, pathToFileURL(`${folder}/`))
const change = (into: (law: Record<string, unknown>) => object, name = LAW) =>
  writeFileSync(join(folder, name), JSON.stringify(into(JSON.parse(readFileSync(join(folder, LAW), 'utf8'))), null, 4))

it.each([
  ['the same, written otherwise', (law: object) => law],
  ['the last day, that the next version sets', (law: object) => ({ ...law, effectiveTo: '2027-06-30' })],
])('starts again with %s', async (_what, into) => {
  change(into)
  await expect(start()).resolves.toBeUndefined()
})

it('starts with one more version, and knows it from then on', async () => {
  change((law) => ({ ...law, version: 'gt-2027-07-01' }), 'gt-2027-07-01.json')
  await start()
  rmSync(join(folder, 'gt-2027-07-01.json'))
  await expect(start()).rejects.toThrow('the policy gt-2027-07-01, in force here before, is gone')
})

it('a version may be mended, or taken back, until its first day', async () => {
  const next = { version: 'gt-2027-07-01', effectiveFrom: '2027-07-01' }
  change((law) => ({ ...law, ...next }), 'gt-2027-07-01.json')
  await start()
  change((law) => ({ ...law, ...next, noticeDays: { expiringDocument: 1 } }), 'gt-2027-07-01.json')
  await start()
  rmSync(join(folder, 'gt-2027-07-01.json'))
  await expect(start()).resolves.toBeUndefined()
})

it('refuses to start where a version says something else than before', async () => {
  change((law) => ({ ...law, noticeDays: { expiringDocument: 1 } }))
  await expect(start()).rejects.toMatchObject({
    name: 'PolicyChanged',
    message: expect.stringContaining('gt-2026-11-28'),
  })
})
