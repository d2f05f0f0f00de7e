import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import type { CreateQrCode, Pisto } from '@pisto/sdk'
import { aMerchant, type Sandbox, startSandbox } from '@pisto/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What is printed and hung up is read by zbar: byte for byte what the code says. */
const isInstalled = (...tools: readonly string[]): boolean =>
  tools.every((tool) => (env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool))))

const folder = mkdtempSync(join(tmpdir(), 'pisto-sheets-'))
let sandbox: Sandbox
let bank: Pisto
beforeAll(async () => {
  sandbox = await startSandbox()
  bank = sandbox.client('GT')
})
afterAll(async () => {
  await sandbox?.stop()
  rmSync(folder, { recursive: true })
})

const CODES: readonly [name: string, tradeName: string, body: CreateQrCode][] = [
  ['a plain code', 'Tienda Sol', {}],
  ['a name with accents', 'Tortillería Ñandú', { amount: { amount: '25.00', currency: 'GTQ' } }],
  [
    'all that a code can say',
    'Panadería y Pastelería Ñu',
    {
      amount: { amount: '1250.00', currency: 'GTQ' },
      tip: { kind: 'percent', percent: '10.00' },
      additionalData: { billNumber: 'F-000017', storeLabel: 'Zona 1, Mercado', terminalLabel: 'Caja 2' },
      expiresAt: '2036-01-01T00:00:00Z',
      oneShot: true,
    },
  ],
]

async function aCode(tradeName: string, body: CreateQrCode) {
  const { id: merchantId } = await aMerchant(bank, { tradeName })
  const { id, payload } = await bank.merchants.qrCodes.create(merchantId, body)
  return { merchantId, id, payload }
}

function run(program: string, options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, options, (error, stdout) => (error === null ? resolve(stdout) : reject(error)))
  })
}

const readImage = (file: string) => run('zbarimg', ['-Sbinary', '--raw', '-q', '--oneshot', file])

/** The dark areas of a sheet, four pixels a point, as a picture that needs no drawing program (PGM). */
function drawn(svg: string): Buffer {
  const [width, height, scale] = [420 * 4, 596 * 4, 4]
  const pixels = Buffer.alloc(width * height, 255)
  for (const [, ...numbers] of svg.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-/g)) {
    const [x = 0, y = 0, wide = 0, high = 0] = numbers.map((number) => Number(number) * scale)
    for (let line = Math.round(y); line < Math.round(y + high); line++) {
      pixels.fill(0, line * width + Math.round(x), line * width + Math.round(x + wide))
    }
  }
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels])
}

describe.runIf(isInstalled('zbarimg'))('read by zbarimg', () => {
  it.each(CODES)('the pictures of %s', async (name, tradeName, body) => {
    const { merchantId, id, payload } = await aCode(tradeName, body)
    const file = join(folder, `${name}.png`)
    writeFileSync(file, await bank.merchants.qrCodes.png(merchantId, id))

    expect(await readImage(file)).toBe(payload)
    expect(await bank.merchants.qrCodes.svg(merchantId, id)).toMatch(/^<svg .*<title>qrc_/)
  })

  it.each(CODES)('the SVG sheet of %s', async (name, tradeName, body) => {
    const { merchantId, id, payload } = await aCode(tradeName, body)
    const sheet = await bank.merchants.qrCodes.sheet(merchantId, id, 'svg')
    const file = join(folder, `${name}.pgm`)
    writeFileSync(file, drawn(await sheet.text()))

    expect(await readImage(file)).toBe(payload)
  })

  it.runIf(isInstalled('pdftoppm')).each(CODES)(
    'the PDF sheet of %s, as pdftoppm draws it',
    async (name, shop, body) => {
      const { merchantId, id, payload } = await aCode(shop, body)
      const sheet = await bank.merchants.qrCodes.sheet(merchantId, id)
      const file = join(folder, name)
      writeFileSync(`${file}.pdf`, await sheet.bytes())
      await run('pdftoppm', ['-r', '150', '-png', '-singlefile', `${file}.pdf`, `${file}-sheet`])

      expect(await readImage(`${file}-sheet.png`)).toBe(payload)
    },
  )

  it('the picture of a payment request’s code', async () => {
    const { id: merchantId } = await aMerchant(bank)
    const request = await bank.paymentRequests.create({ merchantId, amount: { amount: '30.10', currency: 'GTQ' } })
    const file = join(folder, 'request.png')
    writeFileSync(file, await bank.paymentRequests.png(request.id))

    expect(await readImage(file)).toBe(request.qr.payload)
    expect(await bank.paymentRequests.svg(request.id)).toMatch(/^<svg /)
  })
})
