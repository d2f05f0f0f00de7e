import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkBooks, type EmbeddedPostgres, embeddedPostgres, type SandboxOptions, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// The main job over plain HTTP, with nothing of ours on the client's side. `main-job.mjs` is a copy that is not edited.

const script = fileURLToPath(new URL('main-job.mjs', import.meta.url))

/** @returns What it printed: `81 passed, 0 failed` and what failed. */
async function mainJob(urls: readonly string[], apiKey: string, country: string): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [script, urls.join(','), apiKey, country])
  let said = ''
  child.stdout?.on('data', (text: Buffer) => {
    said += text.toString()
  })
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString()
  })
  await once(child, 'close')
  return said.trim()
}

vi.setConfig({ testTimeout: 180_000 }) // a small machine that does other things, too

const PASSED = /^\d{2,} passed, 0 failed$/

let postgres: EmbeddedPostgres
let folder: string
beforeAll(async () => {
  ;[postgres, folder] = await Promise.all([embeddedPostgres(), mkdtemp(join(tmpdir(), 'pisto-flow-'))])
})
afterAll(async () => {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

describe.each([
  ['in memory', (): Promise<SandboxOptions> => Promise.resolve({})],
  ['in a folder', (): Promise<SandboxOptions> => Promise.resolve({ dataDir: join(folder, 'data') })],
  ['on PostgreSQL', async (): Promise<SandboxOptions> => ({ databaseUrl: await postgres.newDatabase() })],
])('%s', (_where, optionsOf) => {
  it('holds in all three countries at once, twice on the same books, which are right', async () => {
    await using sandbox = await startSandbox(await optionsOf())
    const inAllCountries = () =>
      Promise.all(sandbox.tenants.map(({ apiKey, country }) => mainJob([sandbox.url], apiKey, country)))

    const first = await inAllCountries()
    const second = await inAllCountries()
    const books = await checkBooks(sandbox.db)

    for (const said of [...first, ...second]) expect(said).toMatch(PASSED)
    expect(books.flatMap(({ findings }) => findings)).toEqual([])
  })
})

it('in a folder: what was there before the sandbox stopped is there again', async () => {
  const dataDir = join(folder, 'data')
  await using sandbox = await startSandbox({ dataDir })
  const { apiKey } = sandbox.tenant('HN')
  const before = await checkBooks(sandbox.db)

  expect(await mainJob([sandbox.url], apiKey, 'HN')).toMatch(PASSED)
  const after = await checkBooks(sandbox.db)

  expect(before.every(({ size }) => size > 1)).toBe(true)
  expect(after.find(({ code }) => code === 'hnbank')?.size).toBeGreaterThan(
    before.find(({ code }) => code === 'hnbank')?.size ?? 0,
  )
})

it('two servers on one PostgreSQL take turns, and the books are right', async () => {
  const databaseUrl = await postgres.newDatabase()
  await using one = await startSandbox({ databaseUrl })
  await using other = await startSandbox({ databaseUrl })
  const { apiKey } = one.tenant('SV')

  const said = await mainJob([one.url, other.url], apiKey, 'SV')
  const books = await checkBooks(one.db)

  expect(other.tenant('SV').apiKey).toBe(apiKey)
  expect(said).toMatch(PASSED)
  expect(books.flatMap(({ findings }) => findings)).toEqual([])
})
