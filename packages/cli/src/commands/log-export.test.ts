import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leafHash } from '@pisto/proof'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const PAYMENTS = 260
let folder: string
let sandbox: Sandbox
let lines: string[]
let keysFile: string
const file = (name: string): string => join(folder, name)

/** More leaves than one tile has, holds among them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pisto-export-'))
  sandbox = await startSandbox({ checkAnswers: false })
  const client = sandbox.client('GT')
  const [payer, payee] = [await aFundedConsumer(client, '190.00'), await aMerchant(client)]
  const amount = { amount: '0.10', currency: 'GTQ' } as const
  const pay = (more = {}) =>
    client.payments.create({ payerAccountId: payer.accountId, alias: payee.alias, amount, ...more })
  await Promise.all(Array.from({ length: PAYMENTS }, () => pay()))
  const [held, given] = [await pay({ confirmation: 'later' }), await pay({ confirmation: 'later' })]
  await client.payments.confirm(held.id)
  await client.payments.cancel(given.id)

  const { exitCode } = await record(['log', 'export', ...at(), '--out', file('gt.jsonl'), '--json'])
  expect(exitCode).toBe(0)
  lines = (await readFile(file('gt.jsonl'), 'utf8')).split('\n').slice(0, -1)
  keysFile = file('keys.json')
  await writeFile(keysFile, JSON.stringify(await client.service.keys()))
})
afterAll(async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true })
})
const at = (country: 'GT' | 'HN' = 'GT') => ['--url', sandbox.url, '--key', sandbox.tenant(country).apiKey]

async function verify(changed: readonly string[], ...flags: readonly string[]) {
  await writeFile(file('changed.jsonl'), changed.map((line) => `${line}\n`).join(''))
  const { exitCode, out, error } = await record(['verify', '--export', file('changed.jsonl'), '--json', ...flags])
  return { exitCode, error, verdict: JSON.parse(out).tenants[0] }
}

it('an auditor needs nothing but the file and the keys', async () => {
  const { exitCode, verdict, error } = await verify(lines, '--keys', keysFile)
  const { out } = await record(['verify', ...at(), '--json'])

  const { size, root, accountCount, entryCount } = JSON.parse(out).tenants[0]
  expect(verdict).toMatchObject({ ok: true, code: 'gtbank', size, root, accountCount, entryCount, keysFrom: 'given' })
  expect([exitCode, error, verdict.findings]).toEqual([0, '', []])
  expect(size).toBeGreaterThan(256)
  expect(await readdir(folder)).not.toContain('gt.jsonl.unfinished')
})

it('the file’s own keys show only that its parts belong together, and the command says so', async () => {
  const { exitCode, verdict, error } = await verify(lines)

  expect([exitCode, verdict.keysFrom]).toEqual([0, 'export'])
  expect(error).toContain('by the keys in the export itself')
})

const edit = (leafIndex: number, change: (leaf: { sequence: number; hash: string; leaf: string }) => object) =>
  lines.with(leafIndex + 1, JSON.stringify(change(JSON.parse(lines[leafIndex + 1] ?? ''))))
const K = 100
const rehashed = (leaf: string) => ({
  leaf,
  hash: Buffer.from(leafHash(new TextEncoder().encode(leaf))).toString('base64'),
})

it.each<[why: string, leafIndex: number, where: string, change: () => string[]]>([
  ['an amount', K, 'export', () => edit(K, (line) => ({ ...line, leaf: line.leaf.replace('"0.10"', '"9.10"') }))],
  ['a leaf that is none', K, 'export', () => edit(K, () => ({ nothing: true }))],
  ['a leaf taken away', K, 'export', () => lines.toSpliced(K + 1, 1)],
  ['a leaf twice', K + 1, 'export', () => lines.toSpliced(K + 1, 0, lines[K + 1] ?? '')],
  ['two leaves changed over', K, 'export', () => lines.toSpliced(K + 1, 2, lines[K + 2] ?? '', lines[K + 1] ?? '')],
  ['the end cut off', 255, 'export', () => lines.slice(0, 256)],
  [
    'money from nowhere, with its hash',
    K,
    'log',
    () => edit(K, (line) => ({ ...line, ...rehashed(line.leaf.replace('"0.10"', '"999.10"')) })),
  ],
  [
    'a leaf in another spelling, with its hash',
    K,
    'log',
    () => edit(K, (line) => ({ ...line, ...rehashed(line.leaf.replace(':', ': ')) })),
  ],
])('%s: the first that is wrong is leaf %i (%s)', async (_why, leafIndex, where, change) => {
  const { exitCode, verdict } = await verify(change(), '--keys', keysFile)

  expect(exitCode).toBe(1)
  const first = verdict.findings.filter((finding: { leafIndex: number }) => finding.leafIndex === leafIndex)
  expect(first).toContainEqual(expect.objectContaining({ where }))
  const later = verdict.findings.filter((finding: { where: string }) => finding.where !== 'checkpoint')
  expect(Math.min(...later.map((finding: { leafIndex: number }) => finding.leafIndex))).toBe(leafIndex)
  expect(verdict.findings).toContainEqual(expect.objectContaining({ where: 'checkpoint' }))
})

it('a hash that was changed alone is named, too', async () => {
  const { exitCode, verdict } = await verify(
    edit(K, (line) => ({ ...line, hash: `${line.hash.startsWith('A') ? 'B' : 'A'}${line.hash.slice(1)}` })),
  )

  expect(exitCode).toBe(1)
  expect(verdict.findings).toMatchObject([{ where: 'export', leafIndex: K }])
})

it.each<[string, (head: string) => string]>([
  [
    'another root',
    (head) => head.replace(/\\n([A-Za-z0-9+/]{43}=)\\n\\n/, '\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\n\\n'),
  ],
  ['another log', (head) => head.replaceAll('pisto.example/log/gtbank', 'other.example/log/gtbank')],
])('a checkpoint of %s is not genuine', async (_what, change) => {
  const [head = '', ...leaves] = lines
  const { exitCode, verdict } = await verify([change(head), ...leaves], '--keys', keysFile)

  expect(exitCode).toBe(1)
  expect(verdict.findings).toContainEqual(
    expect.objectContaining({ where: 'checkpoint', message: expect.stringContaining('not genuine') }),
  )
})

it('keys of another bank show nothing', async () => {
  const strange = JSON.parse(await readFile(keysFile, 'utf8'))
  const others = strange.keys.filter(({ tenantCode }: { tenantCode: string }) => tenantCode !== 'gtbank')
  await writeFile(file('others.json'), JSON.stringify({ keys: others }))

  expect((await verify(lines, '--keys', file('others.json'))).exitCode).toBe(1)
})

it('also to standard output, and of a log with almost nothing in it', async () => {
  const { exitCode, out } = await record(['log', 'export', ...at('HN'), '--out', '-'])

  expect(exitCode).toBe(0)
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ size: 1, tenant: { code: 'hnbank' } })
  expect((await verify(out.trimEnd().split('\n'))).exitCode).toBe(0)
})

it.each<[args: () => string[], exitCode: number, error: RegExp]>([
  [() => ['log', 'export', ...at(), ...at('HN'), '--out', file('x')], 2, /one tenant/],
  [() => ['log', 'export', ...at(), '--out', file('nowhere/x')], 1, /cannot be written/],
  [() => ['verify', '--export', file('nowhere')], 1, /cannot be read/],
  [() => ['verify', '--export', keysFile], 1, /no export of a log/],
  [() => ['verify', '--export', keysFile, '--data', folder], 2, /one of them/],
  [() => ['verify', '--keys', keysFile], 2, /goes with --export/],
])('%#: says what is wrong', async (args, exitCode, error) => {
  const recording = await record(args())

  expect([recording.exitCode, recording.error]).toEqual([exitCode, expect.stringMatching(error)])
})

it('an export of a database that somebody changed names the leaf', async () => {
  const sql = `update transactions set leaf = replace(leaf, '"0.10"', '"9.10"') where leaf like '%"0.10"%' and sequence = $1`
  await sandbox.db.query(sql, [K + 1])
  await record(['log', 'export', ...at(), '--out', file('tampered.jsonl')])

  const { exitCode, out } = await record(['verify', '--export', file('tampered.jsonl'), '--json', '--keys', keysFile])

  expect(exitCode).toBe(1)
  expect(JSON.parse(out).tenants[0].findings[0]).toMatchObject({ where: 'export', leafIndex: K })
})
