import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aFundedConsumer, aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Given, record } from '../testing/recording-terminal.ts'

let sandbox: Sandbox
let folder: string
let account: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pisto-books-'))
  sandbox = await startSandbox()
  const client = sandbox.client('GT')
  const [shop, payer] = [await aMerchant(client), await aFundedConsumer(client, '50.00')]
  account = shop.accountId ?? ''
  const amount = { amount: '12.50', currency: 'GTQ' } as const
  await client.payments.create({
    payerAccountId: payer.accountId,
    alias: shop.alias,
    amount,
    reference: 'Mesa\u202e 4',
  })
})
afterAll(async () => {
  await sandbox?.stop()
  await rm(folder, { recursive: true })
})

/** As somebody who has the key of the bank in Guatemala. */
const pisto = (arguments_: readonly string[], { keys = ['GT'], ...given }: Given & { keys?: string[] } = {}) => {
  const PISTO_KEY = keys.map((country) => sandbox.tenant(country as 'GT').apiKey).join(',')
  return record(arguments_, { ...given, environment: { PISTO_URL: sandbox.url, PISTO_KEY, ...given.environment } })
}

it('statement: shown as rows between two balances, with the text of strangers made harmless', async () => {
  const { exitCode, out, error } = await pisto(['statement', account], { keys: ['HN', 'GT'] })

  expect([exitCode, error]).toEqual([0, ''])
  expect(out).toContain(account)
  const [opening, payment, closing] = out.split('\n').slice(3)
  expect(opening).toMatch(/^\d{4}-\d\d-\d\d {2}opening balance +0\.00$/)
  expect(payment).toMatch(/^\d{4}-\d\d-\d\d {2}payment\.completed Mesa\\u202e 4 +12\.50 +12\.50$/)
  expect(closing).toMatch(/closing balance +12\.50$/)
})

it('statement --json is the API’s', async () => {
  const { out } = await pisto(['statement', account, '--json'])

  expect(JSON.parse(out)).toMatchObject({ account: { id: account }, closingBalance: { amount: '12.50' } })
})

it('statement as a file: in the terminal’s language, to standard output or whole into a file', async () => {
  const csv = await pisto(['statement', account, '--format', 'csv'], { environment: { LANG: 'es_GT.UTF-8' } })
  const path = join(folder, 'statement.pdf')
  const pdf = await pisto(['statement', account, '--format', 'pdf', '--out', path, '--json'])

  expect(csv.out).toMatch(/^\ufeffFecha,Hora,Descripción/)
  const { bytes, ...told } = JSON.parse(pdf.out)
  expect(told).toEqual({ file: path, mediaType: 'application/pdf' })
  const written = await readFile(path)
  expect([written.length, written.subarray(0, 5).toString()]).toEqual([bytes, '%PDF-'])
  expect(await readdir(folder)).toEqual(['statement.pdf'])
})

it('report: a journal', async () => {
  const { exitCode, out } = await pisto(['report', '--format', 'hledger'])

  expect(exitCode).toBe(0)
  expect(out).toContain(`    Liabilities:MerchantWallet:${account.slice(4)}  -12.50 GTQ\n`)
})

it('trial-balance: by purpose and account by account', async () => {
  const { exitCode, out } = await pisto(['trial-balance', '--accounts'])

  expect(exitCode).toBe(0)
  expect(out).toMatch(/consumerWallet +GTQ +1 +0\.00 +37\.50\n/)
  expect(out).toMatch(/balanced +GTQ +50\.00 +50\.00\n/)
  expect(out).toMatch(new RegExp(`${account} +merchantWallet +GTQ +0\\.00 +12\\.50\n`))
})

it('trial-balance --json as of the beginning, for every key', async () => {
  const { out } = await pisto(['trial-balance', '--as-of', '0', '--json'], { keys: ['GT', 'SV'] })

  expect(JSON.parse(out).tenants).toMatchObject([
    { code: 'gtbank', asOfSequence: 0, lines: [] },
    { asOfSequence: 0, totals: [] },
  ])
})

it.each<[line: string[], exitCode: number, error: RegExp, why: string]>([
  [['statement', 'acc_00000000000000000000000000'], 1, /account_not_found/, 'nobody’s'],
  [['statement', 'ACCOUNT', '--from', '2026-02-30'], 1, /\/from: There is no such day/, 'no day'],
  [['statement', 'ACCOUNT', '--format', 'xlsx'], 2, /Allowed choices are csv, pdf, camt053/, 'no such form'],
  [['statement', 'ACCOUNT', '--out', 'x.pdf'], 2, /needs --format/, 'a file of what?'],
  [['statement', 'ACCOUNT', '--format', 'csv', '--json'], 2, /--out FILE/, 'two things on one output'],
  [['statement', 'ACCOUNT', '--format', 'csv', '--out', '/nowhere/x'], 1, /cannot be written/, 'no such folder'],
  [['report'], 2, /--format/, 'as what?'],
  [['trial-balance', '--as-of', '-1'], 2, /no sequence/, 'before the beginning'],
])('%j ends with %i, %s: %s', async (line, exitCode, error, _why) => {
  const ended = await pisto(line.map((word) => word.replace('ACCOUNT', account)))

  expect([ended.exitCode, ended.out]).toEqual([exitCode, ''])
  expect(ended.error).toMatch(error)
})

it('a PDF is not shown on a screen, and a report is of one tenant', async () => {
  const shown = await pisto(['statement', account, '--format', 'pdf'], { isInteractive: true })
  const two = await pisto(['report', '--format', 'csv'], { keys: ['GT', 'HN'] })

  expect([shown.exitCode, shown.error]).toEqual([2, expect.stringContaining('--out statement.pdf')])
  expect([two.exitCode, two.error]).toEqual([2, expect.stringContaining('one tenant')])
})
