import { expect, it, vi } from 'vitest'
import { pisto } from './pisto.ts'

vi.setConfig({ testTimeout: 180_000 })

it('tells the main job step by step on a fresh sandbox', async () => {
  const { exitCode, out, error } = await pisto('demo', '--country', 'SV')

  expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
  expect(out).toMatch(/^1\. A fresh sandbox starts/)
  expect(out).toContain('Red Torogoz (sandbox) registers a merchant')
  expect(out.split('\n').filter((line) => /^ +█.*█$/.test(line)).length).toBeGreaterThan(30) // the code
  expect(out).toContain('Balances: merchant 30.10, customer 69.90')
  expect(out).toContain('Green: signed by the bank')
  expect(out).toMatch(/Everything holds\.\n$/)
})

it('fails where there is no server', async () => {
  const { exitCode, out, error } = await pisto('demo', '--url', 'http://127.0.0.1:1', '--key', 'sk_sandbox_x', '--json')

  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(error).toContain('No server answers there')
})
