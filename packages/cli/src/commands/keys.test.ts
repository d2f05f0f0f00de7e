import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'

const folder = await mkdtemp(join(tmpdir(), 'pisto-keys-command-'))
const kept = join(folder, 'gtbank.directory')
let sandbox: Sandbox
let connection: readonly string[]
beforeAll(async () => {
  sandbox = await startSandbox()
  const { apiKey = '' } = sandbox.tenants.find(({ country }) => country === 'GT') ?? {}
  connection = ['--url', sandbox.url, '--key', apiKey]
})
afterAll(async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true })
})

const keys = async (...args: readonly string[]) => {
  const recording = await record(['keys', ...args, ...connection, '--json'])
  return { ...recording, answer: recording.exitCode === 0 ? JSON.parse(recording.out) : undefined }
}

it('a new key takes over, the old one is withdrawn, and the directory follows', async () => {
  const first = await keys('directory', 'gtbank', '--keep', kept)
  const { answer: rotated } = await keys('rotate', 'qr', '--starts-in', '0')
  const second = await keys('directory', 'gtbank', '--keep', kept)
  const withdrawn = await keys('withdraw', rotated.ended[0].kid)
  const third = await keys('directory', 'gtbank', '--keep', kept)

  expect([first, second, third].map(({ answer }) => answer.number - first.answer.number)).toEqual([0, 1, 2])
  expect(withdrawn.answer).toMatchObject({ kid: rotated.ended[0].kid, use: 'qr' })
  const idsOf = ({ answer }: typeof first): string[] => answer.keys.map(({ kid }: { kid: string }) => kid)
  expect(idsOf(second)).toContain(rotated.ended[0].kid)
  expect(idsOf(third)).not.toContain(rotated.ended[0].kid)
  expect(idsOf(third)).toContain(rotated.key.kid)
})

it('a directory that is kept is a list of keys to judge by, off line', async () => {
  const client = sandbox.client('GT')
  const [payer, payee] = [await aFundedConsumer(client, '10.00'), await aMerchant(client)]
  const amount = { amount: '1.00', currency: 'GTQ' } as const
  const { id } = await client.payments.create({ payerAccountId: payer.accountId, alias: payee.alias, amount })
  const { compact } = await client.payments.receipt(id)
  await keys('directory', 'gtbank', '--keep', kept)

  const judged = await record(['verify-receipt', '-', '--keys', kept, '--json'], { input: compact })
  expect(JSON.parse(judged.out)).toMatchObject({ colour: 'amber', tenantCode: 'gtbank' })
})

it('the log goes on under a new checkpoint key: proofs of before and after verify, and so do the books', async () => {
  const client = sandbox.client('GT')
  const [payer, payee] = [await aFundedConsumer(client, '10.00'), await aMerchant(client)]
  const pay = async () => {
    const amount = { amount: '1.00', currency: 'GTQ' } as const
    const { id } = await client.payments.create({ payerAccountId: payer.accountId, alias: payee.alias, amount })
    return client.payments.receiptProof(id)
  }
  const before = await pay()
  await keys('rotate', 'checkpoint', '--starts-in', '0')
  const after = await pay()

  for (const proof of [before, after]) {
    const judged = await record(['verify-receipt', '-', '--keys', sandbox.url, '--json'], { input: proof })
    expect(JSON.parse(judged.out)).toMatchObject({ ok: true, reason: null })
  }
  expect(await record(['verify', ...connection])).toMatchObject({ exitCode: 0 })
})

it.each<[what: string, change: (text: string) => string, error: RegExp]>([
  ['damaged', (text) => text.replace('"number":', '"number":9'), /damaged directory/],
  ['of a tenant that did not sign it', (text) => text.replaceAll('gtbank', 'hnbank'), /damaged directory/],
  ['no directory', () => 'hello', /no signed directory/],
])('a kept directory that is %s is not replaced', async (_what, change, error) => {
  const file = join(folder, 'other.directory')
  await keys('directory', 'gtbank', '--keep', kept)
  const text = change(await readFile(kept, 'utf8'))
  await writeFile(file, text)
  const recording = await keys('directory', 'gtbank', '--keep', file)

  expect([recording.exitCode, await readFile(file, 'utf8')]).toEqual([2, text])
  expect(recording.error).toMatch(error)
})

it('a directory of another tenant than is kept is not believed', async () => {
  await keys('directory', 'gtbank', '--keep', kept)
  const recording = await keys('directory', 'hnbank', '--keep', kept)

  expect(recording.exitCode).toBe(1)
  expect(recording.error).toMatch(/not believed/)
})

it.each([
  // arguments, exit code, on standard error
  [['rotate', 'everything'], 2, /Allowed choices are qr, receipt, checkpoint, directory/],
  [['rotate', 'qr', '--starts-in', 'soon'], 2, /no number of seconds/],
  [['withdraw', 'AAAAAAAA'], 1, /key_not_found|No such key/],
  [['directory', 'nobank'], 1, /tenant_not_found|No such institution/],
] as const)('%j: exit code %i', async (args, exitCode, error) => {
  const recording = await keys(...args)

  expect(recording.exitCode).toBe(exitCode)
  expect(recording.error).toMatch(error)
})

it('tells people what happens when', async () => {
  const rotated = await record(['keys', 'rotate', 'receipt', ...connection])
  const told = await record(['keys', 'directory', 'gtbank', ...connection])

  expect(rotated.out).toMatch(/^\S{8} signs from \S+ on\.\n\S{8} signs until then, and stays published\.\n$/)
  expect(told.out).toMatch(/^gtbank, number \d+ of \S+: \d+ keys of 4 tenants\.\nTrusted at first sight/)
})
