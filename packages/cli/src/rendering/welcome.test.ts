import { startSandbox } from '@pisto/testkit'
import picocolors from 'picocolors'
import { expect, it } from 'vitest'
import { record } from '../testing/recording-terminal.ts'
import { renderWelcome } from './welcome.ts'

const screen = { isInteractive: false, colours: picocolors.createColors(false) }

it('tells commands that work as they stand', async () => {
  await using sandbox = await startSandbox()
  const { url, tenants } = sandbox
  const text = renderWelcome(screen, { url, tenants, books: 'in memory', secondsToReady: 1.234 }).join('\n')

  const [, header = '', address = ''] = /curl -H 'Authorization: ([^']+)' (\S+)/.exec(text) ?? []
  const response = await fetch(address, { headers: { authorization: header } })
  const [, demo = ''] = /pisto (demo .*)/.exec(text) ?? []
  const [, verify = ''] = /pisto (verify .*)/.exec(text) ?? []

  expect(text).toContain('ready in 1.2 s')
  for (const { name, apiKey } of tenants) expect(text).toMatch(new RegExp(`${name.replace(/[()]/g, '.')}.*${apiKey}`))
  expect(await response.json()).toMatchObject({ country: 'GT' })
  expect(await record(demo.split(' '))).toMatchObject({ exitCode: 0, error: '' })
  expect(await record(verify.split(' '))).toMatchObject({ exitCode: 0, error: '' })
})
