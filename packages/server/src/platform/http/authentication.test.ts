import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawSandboxKey, hashKey } from '../../tenants/api-keys.ts'
import { endpoint, startTestServer } from '../../testing/http-server.ts'
import { send, sendRaw } from '../../testing/send.ts'
import { ManualClock } from '../runtime/clock.ts'
import { systemRandom } from '../runtime/random.ts'
import { createAuthentication, NOBODY } from './authentication.ts'
import type { Listening } from './listen.ts'

const KEY = drawSandboxKey(systemRandom)
const clock = new ManualClock('2026-01-01T00:00:00Z')
const tenant = { ...NOBODY.tenant, id: 'ten_01kb2xbfmze3mv9d0fq0n5x3ck' }
const keys = new Map([[Buffer.from(hashKey(KEY)).toString('hex'), 'payments:read']])
let lookUps = 0

const authentication = (livemode = false) =>
  createAuthentication({
    tenants: { get: async (id) => (id === tenant.id ? tenant : undefined) },
    async findKey(hash) {
      lookUps++
      const scopes = keys.get(Buffer.from(hash).toString('hex'))
      return scopes === undefined
        ? undefined
        : { tenantId: tenant.id, clientId: 'cli_1', scopes: new Set(['payments:read']) }
    },
    systemClock: clock,
    livemode,
  })

let server: Listening
beforeAll(async () => {
  const of = (path: string, scope: 'payments:read' | 'payments:write') =>
    endpoint({ method: 'GET', path, scope, response: Type.Object({}) }, (_input, { tenantId, clientId }) => ({
      tenantId,
      clientId,
    }))
  const endpoints = [of('/read', 'payments:read'), of('/write', 'payments:write')]
  server = await startTestServer({ endpoints, authenticate: authentication() })
})
afterAll(() => server.close())

it('knows whose key it is', async () => {
  const answer = await send(server.url, { path: '/read', headers: { authorization: `Bearer ${KEY}` } })

  expect(answer.body).toEqual({ tenantId: tenant.id, clientId: 'cli_1' })
})

it.each([
  [undefined, 'none'],
  ['', 'empty'],
  ['Bearer', 'no key'],
  ['Bearer nonsense', 'no key of ours'],
  [`Bearer ${KEY}x`, 'too long'],
  [`Bearer ${KEY.slice(0, -1)}`, 'too short'],
  [`Bearer ${drawSandboxKey(systemRandom)}`, 'of another database'],
  [`Bearer  ${KEY}`, 'two spaces'],
  [`Basic ${Buffer.from(`${KEY}:`).toString('base64')}`, 'another scheme'],
  [KEY, 'no scheme'],
])('authorization %j is refused: %s', async (authorization, _why) => {
  const refused = await send(server.url, {
    path: '/read',
    ...(authorization !== undefined && { headers: { authorization } }),
  })

  expect(refused.body).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect(refused.headers['www-authenticate']).toMatch(/^Bearer /)
})

it('two keys are none', async () => {
  const received = await sendRaw(
    server.url,
    `GET /read HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\nAuthorization: Bearer ${KEY}\r\nConnection: close\r\n\r\n`,
  )

  expect(received).toMatch(/^HTTP\/1.1 400 /)
})

it('a key without the scope is refused, and told which', async () => {
  const refused = await send(server.url, { path: '/write', headers: { authorization: `Bearer ${KEY}` } })

  expect(refused.body).toMatchObject({ status: 403, code: 'scope_missing', facts: { scope: 'payments:write' } })
})

it('believes a key for half a minute, so that a revoked one ends soon', async () => {
  const authenticate = authentication()
  const authorization = `Bearer ${KEY}`
  await authenticate(authorization)
  const before = lookUps
  await authenticate(authorization)
  expect(lookUps).toBe(before)

  clock.advance(31)
  keys.clear()

  await expect(authenticate(authorization)).rejects.toMatchObject({ code: 'unauthenticated' })
  keys.set(Buffer.from(hashKey(KEY)).toString('hex'), 'payments:read')
})

it('production refuses sandbox keys', async () => {
  await expect(authentication(true)(`Bearer ${KEY}`)).rejects.toMatchObject({ code: 'unauthenticated' })
})

it('keys are 256 random bits', () => {
  expect(KEY).toMatch(/^sk_sandbox_[A-Za-z0-9_-]{43}$/)
  expect(drawSandboxKey(systemRandom)).not.toBe(KEY)
})
