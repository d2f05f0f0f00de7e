import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true, lookupsPerMinute: 3 })
})
afterAll(() => server.stop())

it('a key that has asked too often waits; mistakes in typing and other keys’ questions do not count', async () => {
  const [client, other] = [clientOf(server), clientOf(server, 'HN')]
  const merchant = await register(client, 'merchants')
  const { body: shop } = await client.get(`/v1/merchants/${merchant.id}`)
  const asked = [
    await client.post('/v1/aliases/resolve', { alias: shop.alias }),
    await client.post('/v1/aliases/resolve', { alias: '100000000084' }),
    await client.post('/v1/aliases/resolve', { phone: merchant.phone }),
    await client.post('/v1/aliases/resolve', { phone: '+50255550199' }),
    await client.post('/v1/aliases/resolve', { alias: shop.alias }),
    await other.post('/v1/aliases/resolve', { alias: shop.alias }),
  ]

  expect(asked.map(({ status }) => status)).toEqual([200, 422, 200, 422, 429, 200])
  expect(asked.map(({ body }) => body.code ?? body.name)).toEqual([
    'Tortillería Ñandú',
    'payee_invalid',
    'Tortillería Ñandú',
    'payee_not_found',
    'rate_limited',
    'Tortillería Ñandú',
  ])
  expect(asked[4]?.headers['retry-after']).toBe('60')
})
