import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ed25519Signer, publishKey, type ReceiptFields, signReceipt } from '@pisto/proof'
import type { ReceiptContext } from '@pisto/proof/verify'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.ts'
import type { Phone } from './phone.ts'

declare const phone: Phone

const NOW = 1_795_536_000
const bank = ed25519Signer(new Uint8Array(32).fill(1))
const about = {
  use: 'receipt',
  tenant: 'gtbank',
  livemode: true,
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
} as const
const paid: ReceiptFields = {
  paymentId: '01kb00000000000000000000a0',
  payeeAlias: '482915307720',
  amount: '30.10',
  currency: 'GTQ',
  paidAtSeconds: NOW - 60,
  challenge: '7k2m9qxa',
}
/** What the shop's phone learned while it was on line, and the charge on its screen. */
const known: Omit<ReceiptContext, 'shownBefore'> = {
  directory: { issuedAt: '2026-11-24T12:00:00Z', keys: [publishKey(bank.publicKey, about)] },
  shop: { alias: paid.payeeAlias, tenant: 'gtbank', livemode: true },
  openCharges: [{ challenge: paid.challenge, amount: paid.amount, currency: paid.currency }],
  nowSeconds: NOW,
}

let server: Server
let browser: Browser | undefined
let payer: Page
let shop: Page
let secondTill: Page

beforeAll(async () => {
  browser = await launchChromium()
  if (browser === undefined) return
  const script = await bundle()
  server = createServer((request, response) => {
    const isScript = request.url === '/phone.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : PAGE)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  ;[payer, shop, secondTill] = (await Promise.all([1, 2, 3].map(() => openPhone(url)))) as [Page, Page, Page]
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

const PAGE = `<!doctype html><meta charset="utf-8"><title>phone</title>
<style>main { width: 360px } svg { display: block; width: 360px }</style><body><script type="module" src="phone.js"></script>`

async function bundle(): Promise<string> {
  const built = await rolldown({
    input: `${import.meta.dirname}/pages/phone-page.ts`,
    platform: 'browser',
    logLevel: 'silent',
  })
  const { output } = await built.generate({ format: 'esm', minify: true })
  expect(output).toHaveLength(1)
  return output[0].code
}

/** A phone of its own, which loads the page and then loses its signal. */
async function openPhone(url: string): Promise<Page> {
  const context = await (browser as Browser).newContext({ viewport: { width: 400, height: 700 } })
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'phone' in globalThis)
  await context.setOffline(true)
  return page
}

/** The payer's phone shows the receipt; another phone sees its screen. @returns What that one says. */
async function showTo(till: Page, receipt: string, change: Partial<typeof known> = {}): Promise<string> {
  await payer.evaluate((text) => phone.show(text), receipt)
  const picture = (await payer.locator('main').screenshot({ type: 'png' })).toString('base64')
  await till.evaluate(([seen, context]) => phone.scan(seen, context), [picture, { ...known, ...change }] as const)
  return (await till.locator('main').textContent()) ?? ''
}

const receiptOf = (change: Partial<ReceiptFields> = {}): Promise<string> => signReceipt({ ...paid, ...change }, bank)

it('two phones without a signal: every receipt gets its colour and reason', { timeout: 120_000 }, async (context) => {
  if (browser === undefined) return context.skip('no Chromium can be had here')
  const id = (n: number): Pick<ReceiptFields, 'paymentId'> => ({ paymentId: `01kb00000000000000000000a${n}` })
  const charge = await receiptOf()
  const counter = await receiptOf({ ...id(1), challenge: '' })
  const told: [shown: string, says: string][] = [
    ['the receipt of the charge on the screen', await showTo(shop, charge)],
    ['the same one again', await showTo(shop, charge)],
    ['the same one at a second phone of the shop', await showTo(secondTill, charge, { openCharges: [] })],
    ['a static code’s', await showTo(shop, counter)],
    ['a static code’s, again', await showTo(shop, counter)],
    ['a static code’s, at a second phone of the shop', await showTo(secondTill, counter, { openCharges: [] })],
    ['an older one', await showTo(shop, await receiptOf({ ...id(2), challenge: '', paidAtSeconds: NOW - 601 }))],
    ['another shop’s', await showTo(shop, await receiptOf({ ...id(3), payeeAlias: '100000000093' }))],
    ['an edited amount', await showTo(shop, (await receiptOf(id(4))).replace(',30.10,', ',90.10,'))],
    ['one of less than was asked', await showTo(shop, await receiptOf({ ...id(5), amount: '3.10' }))],
    ['words', await showTo(shop, 'Pagado. Gracias por su compra')],
  ]

  expect(told).toEqual([
    ['the receipt of the charge on the screen', 'green charge_paid'],
    ['the same one again', 'red shown_before'],
    ['the same one at a second phone of the shop', 'red other_charge'],
    ['a static code’s', 'amber no_open_charge'],
    ['a static code’s, again', 'red shown_before'],
    ['a static code’s, at a second phone of the shop', 'amber no_open_charge'],
    ['an older one', 'red too_old'],
    ['another shop’s', 'red other_payee'],
    ['an edited amount', 'red not_genuine'],
    ['one of less than was asked', 'red other_amount'],
    ['words', 'red not_a_receipt'],
  ])
})

it('the phones had no network', async (context) => {
  if (browser === undefined) return context.skip('no Chromium can be had here')
  const reaches = (page: Page): Promise<boolean> =>
    page.evaluate(() =>
      fetch('/phone.js').then(
        () => true,
        () => false,
      ),
    )

  expect(await Promise.all([payer, shop, secondTill].map(reaches))).toEqual([false, false, false])
})
