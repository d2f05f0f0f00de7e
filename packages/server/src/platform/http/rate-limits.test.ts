import { PistoProblem } from '@pisto/contract'
import { Type } from 'typebox'
import { expect, it, onTestFinished } from 'vitest'
import { endpoint, startTestServer, type TestServerOptions } from '../../testing/http-server.ts'
import { send } from '../../testing/send.ts'
import { NOBODY } from './authentication.ts'

async function start(options: Omit<TestServerOptions, 'endpoints'>): Promise<string> {
  const one = endpoint({ method: 'GET', path: '/v1/one', response: Type.Object({}) }, () => ({}))
  const server = await startTestServer({ ...options, endpoints: [one] })
  onTestFinished(() => server.close())
  return server.url
}

it('a client that asks too often is told when to come again; others go on', async () => {
  let clientId = 'a'
  const url = await start({ requestsPerMinute: 2, authenticate: async () => ({ ...NOBODY, clientId, scopes: 'all' }) })

  const first = await send(url, { path: '/v1/one' })
  await send(url, { path: '/v1/one' })
  const third = await send(url, { path: '/v1/one' })
  clientId = 'b'
  const other = await send(url, { path: '/v1/one' })

  expect(first.headers['ratelimit-policy']).toBe('"requests";q=2;w=60')
  expect(first.headers['ratelimit']).toMatch(/^"requests";r=1;t=\d+$/)
  expect(third.body).toMatchObject({ status: 429, code: 'rate_limited' })
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
  expect(other.status).toBe(200)
})

it('an address that tries keys is stopped before the next is looked up', async () => {
  let lookUps = 0
  const url = await start({
    failuresPerMinute: 3,
    async authenticate() {
      lookUps++
      throw new PistoProblem('unauthenticated')
    },
  })

  const answers = []
  for (let attempt = 0; attempt < 5; attempt++) answers.push(await send(url, { path: '/v1/one' }))

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429])
  expect(lookUps).toBe(3)
})
