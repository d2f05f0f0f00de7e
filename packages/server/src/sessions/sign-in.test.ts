import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'
import { TestDevice } from '../testing/device.ts'
import { aConsumer, aMerchant, aPerson } from '../testing/people.ts'
import { json, send } from '../testing/send.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
})
afterAll(() => server.stop())

const start = (body: object, key?: string) =>
  send(server.url, {
    ...{ method: 'POST', path: '/v1/sessions' },
    ...json({ tenant: 'gtbank', country: 'GT', ...body }),
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
  })

const newest = async (phone: string) =>
  (await clientOf(server).get(`/v1/sandbox/inbox?limit=1&to=${encodeURIComponent(phone)}`)).body.data[0]

describe('a code goes to the phone', () => {
  it('is the same answer for a phone that is registered and one that is not', async () => {
    const { phone: known } = await register(clientOf(server), 'consumers')
    const answers = await Promise.all([start({ phone: known }), start({ phone: aPerson().phone })])

    for (const { status, body } of answers) {
      expect(status).toBe(201)
      expect(Object.keys(body)).toEqual(['id', 'livemode', 'status', 'expiresAt'])
    }
    expect((await newest(known)).text).toMatch(/^Su código de Pisto es \d{6}\./)
  })

  it.each([
    [{ phone: '2222-1111' }, 422, 'registration_invalid', 'a land line gets no SMS'],
    [{ phone: '123' }, 422, 'registration_invalid', 'no number'],
    [{ phone: '5555-0101', tenant: 'nobank' }, 404, 'tenant_not_found', 'no such institution'],
    [{ phone: '5555-0101', deviceKey: { kty: 'RSA', n: 'x', e: 'AQAB' } }, 400, 'request_invalid', 'no RSA'],
    [
      { phone: '5555-0101', deviceKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      400,
      'request_invalid',
      'not a point of the curve',
    ],
  ])('%j is refused: %i %s (%s)', async (body, status, code, _why) => {
    expect((await start(body)).body).toMatchObject({ status, code })
  })

  it('the same key sends one code', async () => {
    const { phone } = aPerson()
    const [first, again] = [await start({ phone }, 'tap'), await start({ phone }, 'tap')]

    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
    const { body } = await clientOf(server).get(`/v1/sandbox/inbox?to=${encodeURIComponent(phone)}`)
    expect(body.data).toHaveLength(1)
  })

  it('five an hour for one phone', async () => {
    const { phone } = aPerson()
    const codes = []
    for (let n = 0; n < 6; n++) codes.push((await start({ phone })).status)

    expect(codes).toEqual([201, 201, 201, 201, 201, 429])
  })

  it('ten an hour for one device, whatever the phone', async () => {
    const { publicJwk: deviceKey } = await TestDevice.make(server)
    const codes = []
    for (let n = 0; n < 11; n++) codes.push((await start({ phone: aPerson().phone, deviceKey })).status)

    expect(codes.filter((status) => status === 201)).toHaveLength(10)
    expect(codes.at(-1)).toBe(429)
  })
})

describe('the code', () => {
  it.each(['ES256', 'Ed25519'] as const)('signs a device with a key of %s in', async (algorithm) => {
    const { phone } = aPerson()
    const device = await TestDevice.make(server, algorithm)
    const { body: started } = await start({ phone })
    const { code } = await newest(phone)

    const { status, body } = await device.confirm(started.id, code)
    expect(status).toBe(200)
    expect(body).toMatchObject({ tokenType: 'DPoP', expiresInSeconds: 600, scope: 'self:draft', livemode: false })
    const claims = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString())
    expect(claims.exp - claims.iat).toBe(600)
    expect(JSON.stringify(claims)).not.toContain(phone)
    expect((await device.get('/v1/self')).body).toMatchObject({ registrations: [], invitations: [] })
  })

  it('five wrong ones end it, also for the right one; asked at once they are five, too', async () => {
    const { phone } = aPerson()
    const device = await TestDevice.make(server)
    const { body: started } = await start({ phone })
    const { code } = await newest(phone)
    const wrong = code === '123456' ? '123457' : '123456'

    const tried = await Promise.all(Array.from({ length: 5 }, () => device.confirm(started.id, wrong)))
    expect(tried.map(({ body }) => body.code).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'code_mismatch'),
      'code_tries_exhausted',
    ])
    expect((await device.confirm(started.id, code)).body.code).toBe('code_tries_exhausted')
  })

  it('is of its own session: that of another one confirms nothing', async () => {
    const [mine, theirs] = [aPerson().phone, aPerson().phone]
    const { body: started } = await start({ phone: mine })
    await start({ phone: theirs })
    const [own, other] = [(await newest(mine)).code, (await newest(theirs)).code]
    const device = await TestDevice.make(server)

    if (own !== other) expect((await device.confirm(started.id, other)).body.code).toBe('code_mismatch')
    expect((await device.confirm('ses_01kb2xbfmze3mv9d0fq0n5x3ck', own)).body.code).toBe('session_not_found')
  })

  it('serves one device; that one may ask again, for the answer may have been lost', async () => {
    const { body: started } = await start({ phone: aPerson().phone })
    const [first, second] = [await TestDevice.make(server), await TestDevice.make(server)]

    expect((await first.confirm(started.id, '000000')).status).toBe(200)
    expect((await second.confirm(started.id, '000000')).body.code).toBe('session_wrong_status')
    expect((await first.confirm(started.id, '000000')).status).toBe(200)
    expect((await first.refresh()).status).toBe(200)
    expect((await first.confirm(started.id, '000000')).body.code).toBe('session_wrong_status')
  })

  it('is stored nowhere in clear, nor is any token', async () => {
    const { phone } = aPerson()
    const { body: started } = await start({ phone })
    const { code } = await newest(phone)
    const device = await TestDevice.make(server)
    await device.confirm(started.id, code)

    const rows = await server.runtime.db.query('select * from sessions')
    const text = JSON.stringify(rows)
    expect(text).not.toContain(device.refreshToken)
    expect(text).not.toContain(`"${code}"`)
  })
})

describe('draft and resume', () => {
  it('registers a shop with no second code, and goes on with it on another phone', async () => {
    const form = aMerchant()
    const first = await (await TestDevice.make(server)).signIn(form.phone)
    const draft = await first.post('/v1/merchants', form)
    expect(draft).toMatchObject({ status: 201, body: { status: 'draft', requirements: { currentlyDue: [] } } })

    const second = await (await TestDevice.make(server)).signIn(form.phone)
    const { body: self } = await second.get('/v1/self')
    expect(self.registrations).toMatchObject([{ id: draft.body.id, role: 'owner', status: 'draft' }])
    const at = `/v1/merchants/${draft.body.id}`
    expect((await second.call('PATCH', at, { tradeName: 'Otro nombre' }, 'edit')).body.tradeName).toBe('Otro nombre')
    expect((await second.post(`${at}/submit`)).body).toMatchObject({ status: 'active' })

    expect(second.scope).toBe('self:draft')
    await second.refresh()
    expect(second.scope.split(' ')).toEqual(['self:draft', 'self:read', 'self:charge', 'self:pay', 'self:manage'])
  })

  it('whoever has a wallet without a name has none, and is not called null', async () => {
    const { phone, country, consent } = aConsumer()
    const device = await (await TestDevice.make(server)).signIn(phone)
    await device.post('/v1/consumers', { phone, country, consent })

    expect((await device.get('/v1/self')).body.registrations).toMatchObject([{ kind: 'consumer', name: null }])
  })

  it('takes no other phone than one’s own: nobody learns which are registered', async () => {
    const { phone: known } = await register(clientOf(server), 'merchants')
    const device = await (await TestDevice.make(server)).signIn(aPerson().phone)

    const answers = [await device.post('/v1/merchants', aMerchant('GT', { phone: known }))]
    answers.push(await device.post('/v1/merchants', aMerchant()))
    for (const { body } of answers) {
      expect(body).toMatchObject({
        code: 'registration_invalid',
        errors: [{ pointer: '/phone', code: 'phone_not_own' }],
      })
    }
  })

  it('one shop and one wallet a person', async () => {
    const form = aMerchant()
    const device = await (await TestDevice.make(server)).signIn(form.phone)
    const { body: shop } = await device.post('/v1/merchants', form)

    const second = await device.post('/v1/merchants', { ...aMerchant(), phone: form.phone })
    expect(second.body).toMatchObject({ status: 409, code: 'registration_exists', facts: { id: shop.id } })
    expect((await device.post('/v1/consumers', { ...aConsumer(), phone: form.phone })).status).toBe(201)
  })

  it('what the bank registered is the owner’s of its phone, and nobody else’s', async () => {
    const { id, phone } = await register(clientOf(server), 'merchants')
    const owner = await (await TestDevice.make(server)).signIn(phone)
    const stranger = await (await TestDevice.make(server)).signIn(aPerson().phone)

    expect((await owner.get(`/v1/merchants/${id}`)).body).toMatchObject({ id, phone })
    expect((await stranger.get(`/v1/merchants/${id}`)).body).toMatchObject({ status: 404, code: 'merchant_not_found' })
    expect((await owner.get('/v1/merchants')).body.data).toHaveLength(1)
    expect((await stranger.get('/v1/merchants')).body.data).toEqual([])
  })
})
