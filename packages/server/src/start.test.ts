import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer } from './start.ts'
import { clientOf, register } from './testing/client.ts'
import { send } from './testing/send.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pisto-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = (more = {}) => startServer({ port: 0, dataDir: folder, log: 'silent', checkAnswers: true, ...more })

it('a second start on the same folder has the same tenants, keys, clock and money', async () => {
  const first = await start()
  const { accountId } = await register(clientOf(first), 'consumers')
  const amount = { amount: '7.00', currency: 'GTQ' }
  await clientOf(first).post(`/v1/sandbox/accounts/${accountId}/fund`, { amount }, 'k')
  const { body: advanced } = await clientOf(first).post('/v1/sandbox/clock/advance', { seconds: 86_400 })
  const published = await send(first.url, { path: '/.well-known/pisto-keys' })
  await expect(start()).rejects.toMatchObject({ name: 'FolderInUse' })
  await first.stop()
  await first.stop() // harmless

  const second = await start()
  const client = clientOf(second)

  expect(second.tenants).toEqual(first.tenants)
  expect(second.tenants.map(({ country, currency }) => `${country} ${currency}`)).toEqual([
    'GT GTQ',
    'HN HNL',
    'SV USD',
    'GT GTQ',
  ])
  expect(new Set(second.tenants.map(({ apiKey }) => apiKey)).size).toBe(4)
  expect((await send(second.url, { path: '/.well-known/pisto-keys' })).body).toEqual(published.body)
  expect((await client.get(`/v1/accounts/${accountId}`)).body.balances.posted).toEqual(amount)
  const again = await client.post(`/v1/sandbox/accounts/${accountId}/fund`, { amount }, 'k')
  expect(again.headers['idempotent-replayed']).toBe('true')
  const { body: clock } = await client.get('/v1/sandbox/clock')
  expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(Date.parse(advanced.now))
  await second.stop()
})

it('stopping finishes what was accepted and takes nothing new', async () => {
  const server = await start()
  const client = clientOf(server)
  const { accountId } = await register(client, 'consumers')
  const amount = { amount: '1.00', currency: 'GTQ' }
  const funding = Array.from({ length: 40 }, () => client.post(`/v1/sandbox/accounts/${accountId}/fund`, { amount }))
  const answered = Promise.allSettled(funding)
  await funding[0]

  await server.stop()

  const answers = await answered
  const done = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 201).length
  expect(done).toBeGreaterThan(0)
  await expect(client.get('/v1/tenant')).rejects.toThrow()
  const after = await start()
  const { body: account } = await clientOf(after).get(`/v1/accounts/${accountId}`)
  expect(Number(account.balances.posted.amount)).toBe(done)
  await after.stop()
})

it('the same seed and calls give the same ids and the same log, with keys of its own', async () => {
  const told = async () => {
    const server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', randomSeed: 7 })
    const client = clientOf(server)
    const { aConsumer } = await import('./testing/people.ts')
    const { body: registered } = await client.post('/v1/consumers', aConsumer('GT', PERSON))
    const { body: clock } = await client.get('/v1/sandbox/clock')
    const { text } = await client.get('/v1/log/checkpoint')
    await server.stop()
    return { ids: [registered.id, server.tenants.map(({ id }) => id), clock], root: text.split('\n')[2], server }
  }

  const first = await told()
  const second = await told()

  expect(second.ids).toEqual(first.ids)
  expect(second.root).toBe(first.root)
  expect(second.server.tenants[0]?.apiKey).not.toBe(first.server.tenants[0]?.apiKey)
})

it('a port that is taken is told, and the folder is free again', async () => {
  const server = await start()
  const port = Number(new URL(server.url).port)

  await expect(startServer({ port, dataDir: 'memory', log: 'silent' })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await server.stop()
})

const PERSON = {
  phone: '+50251230001',
  person: {
    givenNames: 'Ana',
    familyNames: 'Pop',
    dateOfBirth: '1990-02-28',
    document: { type: 'DPI', number: '1234567890101' },
  },
} as const
