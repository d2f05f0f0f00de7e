import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPglite } from '@pisto/ledger/database'
import { afterAll, expect, it, vi } from 'vitest'
import { pisto, sandboxProcess } from './pisto.ts'

vi.setConfig({ testTimeout: 180_000 })

const folder = await mkdtemp(join(tmpdir(), 'pisto-sandbox-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const data = join(folder, 'data')

it('prints one line, serves, refuses a second one, stops when asked, and keeps the books', async () => {
  await using sandbox = await sandboxProcess('--data', data)
  const { url, keys, ready } = sandbox
  const tenants = ready['tenants'] as readonly Record<string, string>[]
  expect(Object.keys(ready)).toEqual(['url', 'consoleUrl', 'tenants'])
  expect(tenants.map(({ country, currency }) => [country, currency])).toEqual([
    ['GT', 'GTQ'],
    ['HN', 'HNL'],
    ['SV', 'USD'],
    ['GT', 'GTQ'],
  ])
  for (const tenant of tenants) {
    expect(Object.keys(tenant)).toEqual(['id', 'name', 'country', 'currency', 'apiKey', 'clientId'])
  }

  const port = new URL(url).port
  const [samePort, sameFolder, demo] = await Promise.all([
    pisto('sandbox', '--port', port, '--json'),
    pisto('sandbox', '--port', '0', '--data', data),
    pisto('demo', '--url', url, '--key', keys[0] ?? '', '--json'),
  ])
  expect(samePort).toMatchObject({ exitCode: 1, out: '', error: expect.stringContaining(`Port ${port} is in use`) })
  expect(sameFolder).toMatchObject({ exitCode: 1, out: '', error: expect.stringContaining('is in use by process') })
  expect(demo.exitCode).toBe(0)
  expect(JSON.parse(demo.out)).toMatchObject({ country: 'GT', receipt: expect.stringMatching(/^PR1,/) })

  const overApi = await pisto('verify', '--url', url, ...keys.flatMap((key) => ['--key', key]), '--json')
  expect(overApi.error).toBe('')
  expect(JSON.parse(overApi.out)).toMatchObject({ ok: true })

  expect(await sandbox.end('SIGTERM')).toBe(0)
  expect(sandbox.said.out.trimEnd().split('\n')).toHaveLength(1)

  const stored = await pisto('verify', '--data', data, '--json')
  const rootsOf = (text: string) =>
    (JSON.parse(text).tenants as { code: string; root: string }[]).map(({ root }) => root)
  expect(stored.exitCode).toBe(0)
  expect(rootsOf(stored.out)).toEqual(rootsOf(overApi.out)) // what the API gives is what is stored
})

it('verify names the leaf whose amount somebody changed, from inside and over the API', async () => {
  const db = await connectPglite({ dataDir: join(data) })
  const [changed] = await db.query<{ sequence: bigint }>(
    `update entries set amount_minor = amount_minor + 1
     where (tenant_id, account_id, sequence, position) in
       (select tenant_id, account_id, sequence, position from entries where amount_minor = 3010 limit 1)
     returning sequence`,
  )
  await db.close()
  const leafIndex = Number(changed?.sequence) - 1

  const stored = await pisto('verify', '--data', data)
  await using sandbox = await sandboxProcess('--data', data)
  const overApi = await pisto('verify', '--url', sandbox.url, '--key', sandbox.keys[0] ?? '', '--json')

  expect(leafIndex).toBeGreaterThan(0)
  expect(stored.exitCode).toBe(1)
  expect(stored.out).toContain(`gtbank: the first that is wrong is leaf ${leafIndex}`)
  expect(overApi.exitCode).toBe(1)
  expect(JSON.parse(overApi.out).tenants[0].findings[0]).toMatchObject({ where: 'entries', leafIndex })
})

it('stops by Ctrl-C, too', async () => {
  await using sandbox = await sandboxProcess('--data', 'memory')

  expect(await sandbox.end('SIGINT')).toBe(0)
})

it('is used wrongly: exit code 2, and nothing on standard output', async () => {
  expect(await pisto('nonsense')).toMatchObject({
    exitCode: 2,
    out: '',
    error: expect.stringMatching(/unknown command/),
  })
})

it('does not mind when nobody reads on', async () => {
  const lines = join(folder, 'lines')
  await writeFile(lines, 'x\n'.repeat(50_000))
  const main = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname
  const shell = `"${process.execPath}" "${main}" qr parse --jsonl <"${lines}" | head -n 1; echo "\${PIPESTATUS[0]}"`

  const { stdout, stderr } = spawnSync('bash', ['-c', shell], { encoding: 'utf8' })

  expect(stderr).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual([expect.stringMatching(/^\{"ok":false/), '0'])
})
