import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { importWorker, jsonLines, rowsOf, sendFile } from '../testing/importing.ts'
import { readSample } from '../testing/merchants-csv.ts'
import { aCall, aTenant, openFolderWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

const CHILD = fileURLToPath(new URL('../testing/import-child.ts', import.meta.url))

/** Killed after so many decisions more, each time in another process. */
const KILLS = [1, 60, 25]

it('killed with -9, an import goes on: no row lost, none twice', { timeout: 240_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pisto-import-'))
  const sample = readSample().filter(({ row }) => row.country === 'GT')
  const before = await openFolderWorld(dataDir)
  const tenant = await aTenant(before, 'GT')
  const { id: importId } = await sendFile(before, tenant, jsonLines(sample.map(({ row }) => row)))
  await before.close()
  const task = join(dataDir, 'task.json')
  await writeFile(task, JSON.stringify({ dataDir, tenant }))

  for (const decisions of KILLS) {
    await decideUntilKilled(task, decisions)
    const between = await openFolderWorld(dataDir)
    // another worker takes over when the lease of the dead one has ended
    await between.db.query('update due set not_before = null, is_claimed = false')
    await between.close()
  }

  const after = await openFolderWorld(dataDir)
  const halfway = await rowsOf(after, tenant, importId)
  await importWorker(after, tenant).runDue()
  const rows = await rowsOf(after, tenant, importId)
  expect(halfway.length).toBeGreaterThan(0)
  expect(rows.map(({ outcome }) => outcome)).toEqual(sample.map(({ expected }) => expected))
  const known = new Map(rows.map((row) => [row.row, row]))
  expect(halfway.filter((row) => known.get(row.row)?.registrationId !== row.registrationId)).toEqual([])
  const activeCount = sample.filter(({ expected }) => expected === 'active').length
  for (const table of ['registrations', 'registration_documents', 'registration_phones', 'accounts']) {
    expect(await after.db.query(`select 1 from ${table}`), table).toHaveLength(activeCount)
  }
  expect(await importHandlers(after).getImport({ importId }, aCall(tenant, 'getImport'))).toMatchObject({
    status: 'completed',
    acceptedCount: activeCount,
    refusedCount: sample.length - activeCount,
  })
  await after.close()
  await rm(dataDir, { recursive: true })
})

async function decideUntilKilled(task: string, decisions: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, task], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let left = decisions
  for await (const _line of createInterface(child.stdout)) if (--left === 0) child.kill('SIGKILL')
  expect(await exited).toEqual([null, 'SIGKILL'])
}
