import { randomUUID } from 'node:crypto'
import { generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { hashOf, TestDevice } from '../testing/device.ts'
import { aPerson } from '../testing/people.ts'
import { send } from '../testing/send.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
})
afterAll(() => server.stop())

const signedIn = async () => (await TestDevice.make(server)).signIn(aPerson().phone)
const call = (authorization: string, dpop?: string, path = '/v1/self') =>
  send(server.url, { path, headers: { authorization, ...(dpop !== undefined && { dpop }) } })

describe('a refresh token', () => {
  it('serves once; used again by its own device it ends the session: somebody has a copy of both', async () => {
    const device = await signedIn()
    const first = device.refreshToken
    expect((await device.refresh()).status).toBe(200)
    expect(device.refreshToken).not.toBe(first)

    expect((await device.refresh({ token: first })).body).toMatchObject({ status: 401, code: 'session_ended' })
    expect((await device.get('/v1/self')).body.code).toBe('session_ended')
    const { body } = await (await TestDevice.make(server))
      .signIn(aPerson().phone)
      .then((other) => other.get('/v1/sessions'))
    expect(body.data).toHaveLength(1)
  })

  it('a lost answer is asked for again under its key', async () => {
    const device = await signedIn()
    const token = device.refreshToken
    expect((await device.refresh({ token, idempotencyKey: 'tunnel' })).status).toBe(200)
    expect((await device.refresh({ token, idempotencyKey: 'tunnel' })).status).toBe(200)
    expect((await device.get('/v1/self')).status).toBe(200)
    expect((await device.refresh()).status).toBe(200)
  })

  it('stolen without the key it is refused, and ends nothing', async () => {
    const device = await signedIn()
    const thief = await device.thief()

    expect((await thief.refresh()).body).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      facts: { proof: 'key' },
    })
    expect((await device.refresh()).status).toBe(200)
  })

  it('of two requests with one token at once, at most one gives tokens that last', async () => {
    const device = await signedIn()
    const token = device.refreshToken
    const statuses = (await Promise.all([device.refresh({ token }), device.refresh({ token })])).map(
      ({ status }) => status,
    )

    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1)
  })
})

describe('an access token', () => {
  it.each<
    [why: string, proof: string, attempt: (device: TestDevice) => Promise<{ authorization: string; dpop?: string }>]
  >([
    ['without a proof', 'missing', async ({ accessToken }) => ({ authorization: `DPoP ${accessToken}` })],
    [
      'stolen: the proof is of another key',
      'key',
      async (device) => ({
        authorization: `DPoP ${device.accessToken}`,
        dpop: await (await device.thief()).proof('GET', '/v1/self', true),
      }),
    ],
    [
      'a proof for another address',
      'url',
      async (device) => ({
        authorization: `DPoP ${device.accessToken}`,
        dpop: await device.proof('GET', '/v1/sessions', true),
      }),
    ],
    [
      'a proof for another method',
      'method',
      async (device) => ({
        authorization: `DPoP ${device.accessToken}`,
        dpop: await device.proof('POST', '/v1/self', true),
      }),
    ],
    [
      'a proof for no token',
      'token',
      async (device) => ({ authorization: `DPoP ${device.accessToken}`, dpop: await device.proof('GET', '/v1/self') }),
    ],
    [
      'a proof that is none',
      'form',
      async (device) => ({ authorization: `DPoP ${device.accessToken}`, dpop: device.accessToken }),
    ],
  ])('is refused %s', async (_why, proof, attempt) => {
    const { authorization, dpop } = await attempt(await signedIn())

    const refused = await call(authorization, dpop)
    expect(refused.body).toMatchObject({ status: 401, code: 'unauthenticated', facts: { proof } })
    expect(refused.headers['www-authenticate']).toContain('DPoP algs="ES256 EdDSA"')
  })

  it('is refused with a proof that was used before', async () => {
    const device = await signedIn()
    const dpop = await device.proof('GET', '/v1/self', true)
    const [first, second] = [
      await call(`DPoP ${device.accessToken}`, dpop),
      await call(`DPoP ${device.accessToken}`, dpop),
    ]

    expect([first.status, second.body.facts]).toEqual([200, { proof: 'used' }])
  })

  it('is no bearer token', async () => {
    const device = await signedIn()

    expect((await call(`Bearer ${device.accessToken}`)).body.code).toBe('unauthenticated')
  })

  it('signed by somebody else is refused, whatever it says', async () => {
    const device = await signedIn()
    const payload = JSON.parse(Buffer.from(device.accessToken.split('.')[1] ?? '', 'base64url').toString())
    const { privateKey } = await generateKeyPair('EdDSA')
    const forged = await new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(privateKey)
    device.accessToken = forged

    expect((await device.get('/v1/self')).body.code).toBe('unauthenticated')
  })

  it.each([
    [-61, 'time', 'too old'],
    [10, 'time', 'of the future'],
    [-30, undefined, 'young enough'],
  ])('a proof of %i seconds ago: %s, %s', async (seconds, proof, _why) => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
    const jwk = { kty, crv, x, y } as { kty: string }
    const { body } = await send(server.url, {
      ...{ method: 'POST', path: '/v1/sessions', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ tenant: 'gtbank', country: 'GT', phone: aPerson().phone }),
    })
    const confirmed = await send(server.url, {
      ...{ method: 'POST', path: `/v1/sessions/${body.id}/confirm`, headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ code: '000000', deviceKey: jwk }),
    })
    const { accessToken } = confirmed.body
    const iat = Math.floor(server.runtime.systemClock.now().getTime() / 1000) + seconds
    const claims = { htm: 'GET', htu: `${server.url}/v1/self`, jti: randomUUID(), ath: hashOf(accessToken), iat }
    const dpop = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk }).sign(privateKey)

    const answer = await call(`DPoP ${accessToken}`, dpop)
    expect(answer.body.facts?.proof).toBe(proof)
  })
})
