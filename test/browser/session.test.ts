import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.ts'
import type { SessionPage } from './session-page.ts'

declare const session: SessionPage

let server: Server
let browser: Browser | undefined
let context: BrowserContext

beforeAll(async () => {
  browser = await launchChromium()
  if (browser === undefined) return
  const built = await rolldown({
    input: `${import.meta.dirname}/pages/session-page.ts`,
    platform: 'browser',
    logLevel: 'silent',
  })
  const { output } = await built.generate({ format: 'esm' })
  server = createServer((request, response) => {
    const isScript = request.url === '/session.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      isScript
        ? output[0].code
        : '<!doctype html><title>session</title><script type="module" src="session.js"></script>',
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  context = await browser.newContext()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

async function aTab(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'session' in globalThis)
  return page
}

it('a session outlives its tab, with a key that signs and cannot be read, until it is cleared', async (t) => {
  if (browser === undefined) return t.skip('no Chromium can be had here')
  const first = await aTab()
  expect(await first.evaluate(() => session.load())).toBeUndefined()
  await first.evaluate(() => session.save())
  await first.close()

  const next = await aTab()
  expect(await next.evaluate(() => session.load())).toEqual({
    ...{ sessionId: 'ses_1', accessToken: 'access', expiresAtMs: 1_800_000_000_000, refreshToken: 'refresh' },
    ...{ aheadMs: -5, scope: 'self:read', isSigned: true, isReadable: false },
  })
  await next.evaluate(() => session.clear())
  expect(await (await aTab()).evaluate(() => session.load())).toBeUndefined()
})
