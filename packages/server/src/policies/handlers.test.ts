import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { type Client, clientOf } from '../testing/client.ts'

let server: RunningServer
let client: Client
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
  client = clientOf(server, 'SV')
})
afterAll(() => server.stop())

it('a bank reads what a country asks for and allows, with sources, version by version', async () => {
  const { status, body } = await client.get('/v1/policies/SV')

  expect(status).toBe(200)
  expect(body.versions.map(({ version }: { version: string }) => version)).toEqual(['sv-2026-11-24', 'sv-2026-11-28'])
  expect(body.versions.filter(({ isInForce }: { isInForce: boolean }) => isInForce)).toHaveLength(1)
  const newest = body.versions.at(-1)
  expect(newest).toMatchObject({ currency: 'USD', minimumWage: { amount: '408.80', since: '2025-06-01' } })
  expect(newest.tiers[1]).toMatchObject({
    limits: { in: { perMonth: '1226.40' }, out: { perMonth: '1226.40' }, balance: '1226.40', verified: false },
    evidence: expect.arrayContaining([{ requirement: 'document', source: expect.objectContaining({ article: '10' }) }]),
  })
  expect(newest.tiers[3]).toMatchObject({ kinds: ['merchant'] })
})

it.each(['XX', 'gt', 'constructor'])('of %s there is none', async (country) => {
  const { status, body } = await client.get(`/v1/policies/${country}`)

  expect([status, body.code]).toEqual([404, 'policy_not_found'])
})
