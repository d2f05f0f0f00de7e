import type { CreateQrCode, QrCode } from '@pisto/contract'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOf, openShop, type Shop } from '../../payments/testing/shop.ts'
import { openTestWorld, type TestWorld } from '../../testing/test-world.ts'
import { findQrCode } from '../store.ts'
import { CODE_EDGE, layOut, PAGE, quietEdge } from './layout.ts'
import { helvetica } from './pdf.ts'
import { correctionFor, type Sheet, sheetOf } from './sheet.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const NAMES = [
  'Tortillería Ñandú',
  'Panadería y Pastelería La Bendición de San Antonio Aguas Calientes, Sacatepéquez y Compañía Ltda.',
  'W'.repeat(100),
  'Güisquil, Ñame & Cía. <3 "Doña Ángela"',
]

async function openSheet(shop: Shop, { id }: QrCode, format: 'pdf' | 'svg', language: 'es' | 'en' = 'es') {
  const key = { merchantId: shop.merchant.id, qrCodeId: id }
  const call = { ...shop.call('getQrCodeSheet'), language }
  const download = await shop.codes.getQrCodeSheet({ ...key, query: { format } }, call)
  const pieces: Buffer[] = []
  for await (const piece of download.pieces) pieces.push(Buffer.from(piece))
  return { ...download, bytes: new Uint8Array(Buffer.concat(pieces)) }
}

async function sheetFor(tradeName: string, body: CreateQrCode = {}): Promise<Sheet> {
  const shop = await openShop(world)
  const { id } = await shop.code(body)
  const code = await findQrCode(world.db, shop.tenant.id, id)
  if (code === undefined) throw new Error('no code')
  return sheetOf(code, { tradeName, alias: shop.merchant.alias }, shop.tenant, 'es')
}

describe('the PDF', () => {
  it('is one page of A5 with the shop’s name, its alias in groups and its bank, to be read and copied', async () => {
    const shop = await openShop(world)
    const { bytes, fileName, language } = await openSheet(shop, await shop.code(), 'pdf')
    const document = await getDocumentProxy(bytes)
    const { text } = await extractText(document, { mergePages: true })
    const page = await document.getPage(1)

    expect(document.numPages).toBe(1)
    const { width, height } = page.getViewport({ scale: 1 })
    expect([width, height].map((points) => Math.round((points * 25.4) / 72))).toEqual([148, 210])
    expect([fileName, language]).toEqual([expect.stringMatching(/^qrc_\w{26}\.pdf$/), 'es'])
    expect(text).toContain('Escanee para pagar')
    expect(text).toContain('Tortillería Ñandú')
    expect(text).toContain(shop.merchant.alias.replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3'))
    expect(text).toContain('Banco de Prueba')
    expect(text).toContain('dinero ficticio')
  })

  it('is in English for who prefers that', async () => {
    const shop = await openShop(world)
    const { bytes } = await openSheet(shop, await shop.code(), 'pdf', 'en')
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })

    expect(text).toContain('Scan to pay')
  })
})

describe('the SVG', () => {
  it('has the size of A5, and each text as wide as it was measured', async () => {
    const shop = await openShop(world)
    const { bytes } = await openSheet(shop, await shop.code(), 'svg')
    const svg = new TextDecoder().decode(bytes)

    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="148mm" height="210mm" viewBox="0 0 419\.53/,
    )
    expect(svg).toContain('>Tortillería Ñandú</text>')
    expect(svg.match(/<text /g)).toHaveLength(svg.match(/textLength="\d+\.\d\d"/g)?.length ?? 0)
  })

  it('a name cannot become markup', async () => {
    const shop = await openShop(world, { tradeName: 'A</text><script>"x"&' })
    const { bytes } = await openSheet(shop, await shop.code(), 'svg')

    expect(new TextDecoder().decode(bytes)).toContain('>A&#60;/text&#62;&#60;script&#62;&#34;x&#34;&#38;</text>')
  })
})

it('only a code that can be paid by is printed', async () => {
  const shop = await openShop(world)
  const [revoked, used] = [await shop.code(), await shop.code({ oneShot: true, amount: shop.money('1.00') })]
  await shop.revoke(revoked.id)
  await shop.pay({ qr: used.payload })

  expect(await endOf(openSheet(shop, revoked, 'pdf'))).toBe('qr_code_revoked')
  expect(await endOf(openSheet(shop, used, 'svg'))).toBe('qr_code_used')
})

it.each(NAMES)('nothing runs off the page or into the code: %s', async (tradeName) => {
  const sheet = await sheetFor(tradeName, {
    amount: { amount: '9999999999.99', currency: 'GTQ' },
    tip: { kind: 'percent', percent: '10.00' },
    additionalData: { storeLabel: 'Ñ'.repeat(25), terminalLabel: 'W'.repeat(25) },
    expiresAt: new Date(world.clock.now().getTime() + 86_400_000).toISOString(),
  })
  const { lines, runs } = layOut(sheet, helvetica())
  const quiet = quietEdge(sheet.modules.length)
  const [top, bottom] = [Math.min(...runs.map(({ y }) => y)), Math.max(...runs.map(({ y, height }) => y + height))]

  for (const { y, size, width } of lines) {
    expect(width).toBeLessThanOrEqual(PAGE.width - 2 * 34)
    const [above, below] = [y - size * 0.85, y + size * 0.25]
    expect(above).toBeGreaterThan(20)
    expect(below).toBeLessThan(PAGE.height - 12)
    expect(below < top - quiet || above > bottom + quiet, `${y}`).toBe(true)
  }
  const baselines = lines.map(({ y, size }) => [y - size * 0.85, y + size * 0.25] as const)
  for (const [index, [above]] of baselines.entries()) {
    expect(above).toBeGreaterThan((baselines[index - 1]?.[1] ?? 0) - 1)
  }
  expect((PAGE.width - CODE_EDGE) / 2).toBeGreaterThan(quiet)
})

it('the code is at least 80 mm wide', () => {
  expect((CODE_EDGE * 25.4) / 72).toBeGreaterThanOrEqual(80)
})

it('says what the code says beside who is paid', async () => {
  const { note, name } = await sheetFor('饺子馆 🎉 Sol', {
    amount: { amount: '1250.00', currency: 'GTQ' },
    tip: { kind: 'fixed', amount: { amount: '5.00', currency: 'GTQ' } },
    additionalData: { terminalLabel: 'Caja 2' },
    oneShot: true,
    expiresAt: '2026-12-31T05:59:00Z',
  })

  expect(note).toBe('Monto Q1,250.00 · más Q5.00 por servicio · para un solo pago · hasta el 30/12/2026 23:59 · Caja 2')
  expect(name).toBe('Sol') // what the fonts lack is left out
})

it('a name of letters that the fonts lack is that of the code', async () => {
  expect((await sheetFor('饺子馆')).name).toBe('Tortilleria Nandu')
})

describe('error correction on paper', () => {
  it.each([
    ['a plain code', {}, 'Q'],
    [
      'the most that a code can say',
      {
        amount: { amount: '9999999999.99', currency: 'GTQ' },
        tip: { kind: 'fixed', amount: { amount: '9999999999.99', currency: 'GTQ' } },
        additionalData: { billNumber: 'x'.repeat(25), storeLabel: 'ñ'.repeat(25), purpose: 'y'.repeat(25) },
        expiresAt: '2027-12-31T05:59:00Z',
      },
      'M',
    ],
  ] as const)('of %s is right', async (_what, body, correction) => {
    const shop = await openShop(world, { tradeName: 'Panadería y Pastelería Ñu' })

    expect(correctionFor((await shop.code(body)).payload)).toBe(correction)
  })
})
