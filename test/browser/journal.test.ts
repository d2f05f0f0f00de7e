import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.ts'
import type { FieldPage } from './field-page.ts'

declare const field: FieldPage

let script: string
let server: Server
let browser: Browser | undefined
let context: BrowserContext

beforeAll(async () => {
  script = await bundle(`${import.meta.dirname}/pages/journal-page.ts`)
  browser = await launchChromium()
  if (browser === undefined) return
  server = createServer((request, response) => {
    const isScript = request.url === '/journal.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(
      isScript ? script : '<!doctype html><title>field</title><script type="module" src="journal.js"></script>',
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  context = await browser.newContext()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

async function bundle(input: string): Promise<string> {
  const built = await rolldown({ input, platform: 'browser', logLevel: 'silent' })
  const { output } = await built.generate({ format: 'esm', minify: true })
  expect(output).toHaveLength(1)
  expect(output[0].imports, 'nothing of Node’s').toEqual([])
  return output[0].code
}

async function aTab(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'field' in globalThis)
  return page
}

it('a page with a journal loads at most 6 kB, gzipped, with all that it imports', () => {
  expect(gzipSync(script).length).toBeLessThan(6 * 1024)
})

it('two tabs without a signal: every write has its place, survives, and is sent once', {
  timeout: 60_000,
}, async (t) => {
  if (browser === undefined) return t.skip('no Chromium can be had here')
  const [one, other] = [await aTab(), await aTab()]
  const [key, sameKey] = [await one.evaluate(() => field.publicKey()), await other.evaluate(() => field.publicKey())]
  expect(sameKey).toBe(key)

  const places = await Promise.all([one, other].map((tab) => tab.evaluate(() => field.enrol(20))))
  expect(places.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  await Promise.all([one.close(), other.close()])

  const [next, another] = [await aTab(), await aTab()]
  expect(await next.evaluate(() => field.counts())).toMatchObject({ waiting: 40 })
  const sent = await Promise.all([next, another].map((tab) => tab.evaluate(() => field.send())))
  expect(new Set(sent.flat()).size).toBe(40)
  expect(sent.flat()).toHaveLength(40)
  expect(await another.evaluate(() => field.counts())).toMatchObject({ waiting: 0, done: 40 })
  expect(JSON.stringify(await next.evaluate(() => field.entries()))).not.toContain('Rosa')
})
