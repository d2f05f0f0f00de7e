import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'pisto-lists-'))
let sandbox: Sandbox
let connection: string[]
beforeAll(async () => {
  sandbox = await startSandbox()
  const { apiKey = '' } = sandbox.tenants.find(({ country }) => country === 'GT') ?? {}
  connection = ['--url', sandbox.url, '--key', apiKey]
})
afterAll(async () => {
  await sandbox.stop()
  rmSync(folder, { recursive: true })
})

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

it('loads a list of more than one request, puts it in force, and again changes nothing', async () => {
  const rows = Array.from({ length: 450 }, (_, index) => `N-${index},Nombre Inventado ${index},person`)
  const path = await fileOf('national.csv', ['id,name,kind', ...rows, 'N-1000,,person'].join('\n'))
  const command = ['lists', 'import', path, '--format', 'csv', '--name', 'nacional', '--actor', 'ana', '--json']

  const first = await record([...command, ...connection])
  const second = await record([...command, ...connection])

  expect([first.exitCode, second.exitCode], first.error).toEqual([0, 0])
  expect(JSON.parse(first.out)).toMatchObject({
    entries: 450,
    brokenCount: 1,
    broken: [{ line: 452, reason: 'name_missing' }],
    lists: [{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  })
  expect(JSON.parse(second.out)).toEqual(JSON.parse(first.out))
  const lists = []
  for await (const list of sandbox.client('GT').screeningLists.list()) if (list.name === 'nacional') lists.push(list)
  expect(lists).toMatchObject([{ status: 'active', isInForce: true, consequence: 'review', entryCount: 450 }])
})

it('tells people what was loaded', async () => {
  const path = await fileOf('peps.csv', 'id,name\nP-1,Filomena Inventada\n')

  const { out, exitCode } = await record([
    'lists',
    'import',
    path,
    '--format',
    'csv',
    '--name',
    'peps',
    '--list-version',
    '7',
    ...connection,
  ])

  expect(exitCode).toBe(0)
  expect(out).toMatch(/peps 7 is active \(review\), 1 entries\nSHA-256 [0-9a-f]{64}\n$/)
})

it.each([
  [['--format', 'csv'], 'id,nombre\n1,x\n', 'columns_missing'],
  [['--format', 'un-xml'], '<?xml version="1.0"?><!DOCTYPE x []><CONSOLIDATED_LIST/>', 'xml_doctype'],
  [['--format', 'csv', '--max-broken', '2'], 'id,name\n1,x\n', '0 to 1'],
  [['--format', 'csv', '--alternates', 'x'], 'id,name\n1,x\n', 'second file'],
  [['--format', 'pdf'], 'x', 'choices'],
])('%j with %j is refused before anything is sent: %s', async (options, text, message) => {
  const { error, exitCode } = await record(['lists', 'import', await fileOf('bad', text), ...options, ...connection])

  expect(error).toContain(message)
  expect(exitCode).toBe(2)
})
