import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Merchant, QrCode } from '@pisto/sdk'
import { aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Given, record } from '../testing/recording-terminal.ts'

let sandbox: Sandbox
let folder: string
let shop: Merchant
let code: QrCode
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pisto-sheet-'))
  sandbox = await startSandbox()
  const client = sandbox.client('GT')
  shop = await aMerchant(client)
  code = await client.merchants.qrCodes.create(shop.id)
  const newer = await client.merchants.qrCodes.create(shop.id)
  await client.merchants.qrCodes.revoke(shop.id, newer.id)
})
afterAll(async () => {
  await sandbox?.stop()
  await rm(folder, { recursive: true })
})

/** As somebody who has the keys of two banks. */
const pisto = (arguments_: readonly string[], given: Given = {}) => {
  const PISTO_KEY = (['HN', 'GT'] as const).map((country) => sandbox.tenant(country).apiKey).join(',')
  return record(['qr', 'sheet', ...arguments_], {
    ...given,
    environment: { PISTO_URL: sandbox.url, PISTO_KEY, ...given.environment },
  })
}

it('writes the newest code that can be paid by as a PDF, and says what it wrote', async () => {
  const path = join(folder, 'sheet.pdf')
  const { exitCode, out } = await pisto([shop.id, '--out', path, '--json'])

  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ file: path, mediaType: 'application/pdf' })
  expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
})

it('writes a code that is named as SVG, in the language asked for or the terminal’s', async () => {
  const spanish = await pisto([shop.id, code.id, '--format', 'svg', '--language', 'es'])
  const terminals = await pisto([shop.id, code.id, '--format', 'svg'], { environment: { LANG: 'en_US.UTF-8' } })

  expect(spanish.out).toContain('>Escanee para pagar</text>')
  expect(terminals.out).toContain('>Scan to pay</text>')
})

it.each<[what: string, arguments_: () => string[], exitCode: number, error: RegExp]>([
  ['nobody’s merchant', () => ['mer_00000000000000000000000000'], 1, /merchant_not_found/],
  ['nobody’s code', () => [shop.id, 'qrc_00000000000000000000000000'], 1, /qr_code_not_found/],
  ['another form', () => [shop.id, '--format', 'png'], 2, /Allowed choices are pdf, svg/],
])('%s is refused', async (_what, arguments_, exitCode, error) => {
  const refused = await pisto(arguments_())

  expect(refused.exitCode).toBe(exitCode)
  expect(refused.error).toMatch(error)
})

it('a merchant without a code is told how to make one', async () => {
  const { id } = await aMerchant(sandbox.client('HN'))
  const { exitCode, error } = await pisto([id])

  expect([exitCode, error]).toEqual([1, expect.stringContaining('qr-codes makes one')])
})
