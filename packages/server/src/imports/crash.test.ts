import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ImportRow } from '@pisto/contract'
import { expect, it } from 'vitest'
import { readSample } from '../testing/merchants-csv.ts'
import { aCall, aTenant, openFolderWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

const CHILD = fileURLToPath(new URL('../testing/import-child.ts', import.meta.url))

const ANSWERS = 5

it('killed with -9, an import goes on: no row lost, none twice', { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pisto-import-'))
  const sample = readSample().filter(({ row }) => row.country === 'GT')
  const rows = sample.map(({ row }) => row)
  const before = await openFolderWorld(dataDir)
  const tenant = await aTenant(before, 'GT')
  const body = { kind: 'merchants', name: 'merchants.csv' } as const
  const { id: importId } = await importHandlers(before).createImport({ body }, aCall(tenant, 'createImport'))
  await before.close()
  const task = join(dataDir, 'task.json')
  await writeFile(task, JSON.stringify({ dataDir, tenant, importId, rows }))

  const acknowledged = await answersUntilKilled(task)

  const after = await openFolderWorld(dataDir)
  const outcomes: ImportRow[] = []
  for (let at = 0; at < rows.length; at += 100) {
    const chunk = { rows: rows.slice(at, at + 100) }
    const call = aCall(tenant, 'addImportRows')
    outcomes.push(...(await importHandlers(after).addImportRows({ importId, body: chunk }, call)).data)
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(ANSWERS * 10)
  expect(outcomes.slice(0, acknowledged.length)).toEqual(acknowledged)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(sample.map(({ expected }) => expected))
  const activeCount = sample.filter(({ expected }) => expected === 'active').length
  for (const table of ['registrations', 'registration_documents', 'registration_phones', 'accounts', 'transactions']) {
    expect(await after.db.query(`select 1 from ${table}`), table).toHaveLength(activeCount)
  }
  await after.close()
  await rm(dataDir, { recursive: true })
})

async function answersUntilKilled(task: string): Promise<ImportRow[]> {
  const child = spawn(process.execPath, [CHILD, task], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: ImportRow[] = []
  let answers = 0
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(...JSON.parse(line))
    if (++answers === ANSWERS) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return acknowledged
}
