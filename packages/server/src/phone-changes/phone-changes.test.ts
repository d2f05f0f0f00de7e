import { afterAll, beforeAll, expect, it } from 'vitest'
import { aMember, aShop, signIn } from '../members/testing/people-of-shops.ts'
import { findLimitGroups } from '../registrations/limit-groups.ts'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'
import { TestDevice } from '../testing/device.ts'
import { aConsumer, aMerchant, aPerson } from '../testing/people.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
})
afterAll(() => server.stop())

const bank = () => clientOf(server)
const newest = async (phone: string) =>
  (await bank().get(`/v1/sandbox/inbox?limit=1&to=${encodeURIComponent(phone)}`)).body.data[0]
const payeeOf = async (phone: string) => (await bank().post('/v1/aliases/resolve', { phone })).body
const because = { actor: 'ana.lopez', note: 'DPI visto en la agencia 12' }

/** Asks for another phone and confirms it. */
async function change(by: Pick<TestDevice, 'post'>, phone: string, asked: object = {}, said: object = {}) {
  const started = await by.post('/v1/phone-changes', { phone, ...asked })
  expect(started).toMatchObject({ status: 201, body: { status: 'pending' } })
  return by.post(`/v1/phone-changes/${started.body.id}/confirm`, { phone, code: '000000', ...said })
}

it('a new phone is the person’s own: they go on, the old one is told and leads to nobody', async () => {
  const { phone: old, id } = await register(bank(), 'merchants')
  const [owner, { phone }] = [await signIn(server, old), aPerson()]

  const { body: started } = await owner.post('/v1/phone-changes', { phone })
  const { code } = await newest(phone)
  const confirmed = await owner.post(`/v1/phone-changes/${started.id}/confirm`, { phone, code })

  expect(confirmed.body).toEqual({ ...started, status: 'confirmed', registrationIds: [id] })
  expect((await owner.get(`/v1/merchants/${id}`)).body.phone).toBe(phone)
  expect((await (await signIn(server, phone)).get('/v1/self')).body.registrations).toMatchObject([
    { id, role: 'owner' },
  ])
  expect((await (await signIn(server, old)).get('/v1/self')).body.registrations).toEqual([])
  expect(await payeeOf(phone)).toMatchObject({ payable: true })
  expect(await payeeOf(old)).toMatchObject({ code: 'payee_not_found' })
  const told = (await bank().get(`/v1/sandbox/inbox?to=${encodeURIComponent(old)}`)).body.data
  expect(told.map(({ text }: { text: string }) => text)).toContainEqual(
    expect.stringMatching(/ya no usa este teléfono/),
  )
  const { body: events } = await bank().get('/v1/events?limit=100&types=merchant.phoneChanged')
  expect(events.data).toContainEqual(expect.objectContaining({ objectId: id, status: 'active' }))
  expect(JSON.stringify(events)).not.toContain(phone)
})

it('a new phone is theirs also where they only charge; a till has none', async () => {
  const shop = await aShop(server)
  const { device, id, phone: old } = await aMember(server, shop, 'staff')
  const { phone } = aPerson()

  expect((await change(device, phone)).body).toMatchObject({ status: 'confirmed', registrationIds: [] })
  expect((await newest(old)).text).toMatch(/ya no usa/)
  const again = await signIn(server, phone)
  expect((await again.get('/v1/self')).body.registrations).toMatchObject([{ memberId: id, role: 'staff' }])

  const { body: till } = await shop.owner.post(`${shop.at}/devices`, { name: 'Caja' })
  const { body: pairing } = await shop.owner.post(`${shop.at}/devices/${till.id}/pair`)
  const tablet = await TestDevice.make(server)
  await tablet.confirm(pairing.sessionId, pairing.code)
  expect((await tablet.post('/v1/phone-changes', { phone })).body.code).toBe('scope_missing')
})

it('a new phone is on the person’s card in every shop; on an invitation when they join; nobody else’s changes', async () => {
  const [first, second, third] = [await aShop(server), await aShop(server), await aShop(server)]
  const { device, phone: old, id } = await aMember(server, first, 'staff')
  const other = await aMember(server, first, 'owner')
  const invite = async ({ owner, at }: typeof first) =>
    (await owner.post(`${at}/members`, { phone: old, name: 'Anita', role: 'staff' })).body.id
  const [joining, waiting] = [await invite(second), await invite(third)]
  await device.post(`${second.at}/members/${joining}/accept`)
  const phonesIn = async ({ owner, at }: typeof first) =>
    Object.fromEntries(
      (await owner.get(`${at}/members`)).body.data.flatMap((one: { id: string; name: string | null; phone: string }) =>
        one.name === null ? [] : [[one.id, `${one.name} ${one.phone}`]],
      ),
    )
  const { phone } = aPerson()

  await change(device, phone)

  expect(await phonesIn(first)).toEqual({ [id]: `Ana ${phone}`, [other.id]: `Ana ${other.phone}` })
  expect(await phonesIn(second)).toEqual({ [joining]: `Anita ${phone}` })
  expect(await phonesIn(third), 'as it was written').toEqual({ [waiting]: `Anita ${old}` })
  const { phone: newer } = aPerson()
  await change(device, newer)
  expect((await newest(phone)).text, 'the phone between').toMatch(/ya no usa/)
  expect((await first.owner.call('PATCH', `${first.at}/members/${id}`, { role: 'owner' })).body.phone).toBe(newer)
  expect((await device.post(`${third.at}/members/${waiting}/accept`)).body.phone).toBe(newer)
  expect(await phonesIn(third)).toEqual({ [waiting]: `Anita ${newer}` })
  expect((await first.owner.call('DELETE', `${first.at}/members/${id}`)).body.phone).toBeNull()
})

it('a new phone that a shop has invited, too, leaves one invitation, with the phone that was invited', async () => {
  const [shop, device, { phone }] = [await aShop(server), await signIn(server), aPerson()]
  const { phone: old } = aPerson()
  await change(device, old)
  for (const to of [old, phone]) await shop.owner.post(`${shop.at}/members`, { phone: to, name: 'Ana', role: 'staff' })

  await change(device, phone)

  expect((await shop.owner.get(`${shop.at}/members`)).body.data).toMatchObject([
    { status: 'invited', phone },
    { status: 'removed', phone: null },
    { role: 'owner' },
  ])
})

it('a new phone is given by an operator to whoever lost theirs: who, why, every session ended', async () => {
  const shop = await aShop(server)
  const { device } = await aMember(server, shop, 'staff')
  const before = (await bank().get(`/v1/accounts/${shop.accountId}/limits`)).body
  const { phone } = aPerson()
  const tried = await signIn(server, phone) // with the new SIM, before they went to the bank

  const changed = await change(bank(), phone, { registrationId: shop.id }, because)

  expect(changed.body).toMatchObject({ status: 'confirmed', registrationIds: [shop.id] })
  for (const ended of [shop.owner, tried]) expect((await ended.get('/v1/self')).body.code).toBe('session_ended')
  expect((await device.get('/v1/self')).status).toBe(200)
  const { body: self } = await (await signIn(server, phone)).get('/v1/self')
  expect(self.registrations).toMatchObject([{ id: shop.id, role: 'owner' }])
  const { body: decisions } = await bank().get(`${shop.at}/decisions`)
  expect(decisions.data).toMatchObject([{ action: 'changePhone', ...because }])
  const { body: leaf } = await bank().get(`/v1/transactions/${decisions.data[0].transactionId}`)
  expect(leaf.purpose).toBe('merchant.phoneChanged')
  expect(JSON.stringify(leaf)).not.toMatch(new RegExp(`${phone.slice(1)}|agencia`))
  expect((await bank().get(`/v1/accounts/${shop.accountId}/limits`)).body).toEqual(before)
})

it('a new phone takes along what the person has with the same document, and invitations', async () => {
  const form = aMerchant()
  const { phone: old } = form
  const device = await signIn(server, old)
  const { body: shop } = await device.post('/v1/merchants', form)
  const { body: wallet } = await device.post('/v1/consumers', aConsumer('GT', { phone: old, person: form.person }))
  const other = await aShop(server)
  const { body: invited } = await other.owner.post(`${other.at}/members`, { phone: old, name: 'Rosa', role: 'staff' })
  const { phone } = aPerson()

  const changed = await change(bank(), phone, { registrationId: wallet.id }, because)

  expect(changed.body.registrationIds).toEqual([shop.id, wallet.id])
  const again = await signIn(server, phone)
  expect((await again.get('/v1/self')).body).toMatchObject({
    registrations: [{ id: shop.id }, { id: wallet.id }],
    invitations: [{ memberId: invited.id }],
  })
  expect((await (await signIn(server, old)).get('/v1/self')).body).toMatchObject({ registrations: [], invitations: [] })
  expect((await again.post(`/v1/merchants/${shop.id}/submit`)).body.status).toBe('active')
})

it('a new phone is nobody else’s: a key is told at once, people only when they have shown that the phone is theirs', async () => {
  const [{ phone }, mine] = [await register(bank(), 'merchants'), await aShop(server)]
  const asked = { registrationId: mine.id }

  expect((await bank().post('/v1/phone-changes', { phone, ...asked })).body.code).toBe('phone_duplicate')
  expect((await change(mine.owner, phone)).body).toMatchObject({
    code: 'phone_duplicate',
    errors: [{ pointer: '/phone' }],
  })
  const staff = await aMember(server, await aShop(server), 'staff')
  expect((await change(mine.owner, staff.phone)).body.code).toBe('phone_duplicate')
})

it.each([
  ['key', {}, 400, 'request_invalid', '/registrationId', 'a key says whose it is'],
  [
    'person',
    { registrationId: 'mer_01kb2xbfmze3mv9d0fq0n5x3ck' },
    400,
    'request_invalid',
    '/registrationId',
    'people do not',
  ],
  ['key', { registrationId: 'mer_01kb2xbfmze3mv9d0fq0n5x3ck' }, 404, 'merchant_not_found', undefined, 'nobody’s'],
  ['person', { phone: '2222-1111' }, 422, 'registration_invalid', '/phone', 'a land line'],
  ['person', { phone: 'own' }, 422, 'registration_invalid', '/phone', 'the same'],
])('asked by a %s, %j is refused: %i %s at %s (%s)', async (who, body, status, code, pointer, _why) => {
  const { phone: own } = aPerson()
  const by = who === 'key' ? bank() : await signIn(server, own)
  const phone = 'phone' in body && body.phone === 'own' ? own : aPerson().phone

  const refused = await by.post('/v1/phone-changes', {
    phone,
    ...body,
    ...('phone' in body && body.phone === 'own' && { phone }),
  })
  expect(refused.body).toMatchObject({ status, code })
  if (pointer) expect(refused.body.errors[0].pointer).toBe(pointer)
})

it('a new phone needs its code, from whoever asked, for the phone that it was sent to', async () => {
  const [device, stranger, { phone }] = [await signIn(server), await signIn(server), aPerson()]
  const { body: started } = await device.post('/v1/phone-changes', { phone })
  const { code: right } = await newest(phone)
  const at = `/v1/phone-changes/${started.id}/confirm`
  const code = right === '123456' ? '123457' : '123456'

  expect((await stranger.post(at, { phone, code: right })).body.code).toBe('phone_verification_not_found')
  expect((await bank().post(at, { phone, code: right, ...because })).body.code).toBe('phone_verification_not_found')
  expect((await bank().post(at, { phone, code: right })).body.errors).toMatchObject([
    { pointer: '/actor', code: 'required' },
    { pointer: '/note', code: 'required' },
  ])
  expect((await device.post(at, { phone: aPerson().phone, code: right })).body.errors[0].code).toBe('phone_not_sent')
  const tries = []
  for (let n = 0; n < 5; n++) tries.push((await device.post(at, { phone, code })).body.code)
  expect(tries).toEqual([...Array.from({ length: 4 }, () => 'code_mismatch'), 'code_tries_exhausted'])
  expect((await device.post(at, { phone, code: right })).body.code).toBe('code_tries_exhausted')
})

it('five codes an hour to one phone, ten for one who asks', async () => {
  const [device, { phone }] = [await signIn(server), aPerson()]
  const phones = [...Array.from({ length: 6 }, () => phone), ...Array.from({ length: 6 }, () => aPerson().phone)]
  const statuses = []
  for (const to of phones) statuses.push((await device.post('/v1/phone-changes', { phone: to })).status)

  expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 201, 201, 201, 201, 201, 429])
})

it('a new phone gives who is known by the phone alone no second set of limits, on neither phone', async () => {
  const { phone: old } = aPerson()
  const { phone } = aPerson()
  async function onTier0(kind: 'merchants' | 'consumers', on: string): Promise<{ id: string; group: string }> {
    const { person: _, ...form } = kind === 'merchants' ? aMerchant() : aConsumer()
    const { body: draft } = await bank().post(`/v1/${kind}`, { ...form, phone: on })
    const at = `/v1/${kind}/${draft.id}`
    const { body: verification } = await bank().post(`${at}/phone-verifications`)
    await bank().post(`${at}/phone-verifications/${verification.id}/confirm`, { code: '000000' })
    const { body: active } = await bank().post(`${at}/submit`, { tier: 0 })
    const { body: limits } = await bank().get(`/v1/accounts/${active.accountId}/limits`)
    return { id: draft.id, group: limits.groups[0].id }
  }
  const { id: registrationId, group } = await onTier0('consumers', old)

  expect((await change(bank(), phone, { registrationId }, because)).body.registrationIds).toEqual([registrationId])

  expect((await onTier0('merchants', phone)).group).toBe(group)
  expect((await onTier0('consumers', old)).group).toBe(group)
})

it('a new phone leaves the limits the person’s: until the month is over the old phone counts in them, for who has no document', async () => {
  const shop = await aShop(server)
  const groupsOf = async (accountId: string): Promise<string[]> =>
    (await bank().get(`/v1/accounts/${accountId}/limits`)).body.groups.map(({ id }: { id: string }) => id)
  const [group = ''] = await groupsOf(shop.accountId)
  const { phone: old } = (await bank().get(shop.at)).body
  const { phone } = aPerson()
  await change(bank(), phone, { registrationId: shop.id }, because)

  const known = async () => {
    const { tenantId, index } = indexOf(old)
    const keys = { document: null, phone: index }
    return (await findLimitGroups(server.runtime.db, tenantId, [keys]))(keys)
  }
  expect([await groupsOf(shop.accountId), await known()]).toEqual([[group], { byPhone: group, wasLeft: true }])
  const { body: stranger } = await bank().post('/v1/consumers', aConsumer('GT', { phone: old }))
  const at = `/v1/consumers/${stranger.id}`
  const { body: verification } = await bank().post(`${at}/phone-verifications`)
  await bank().post(`${at}/phone-verifications/${verification.id}/confirm`, { code: '000000' })
  const { body: active } = await bank().post(`${at}/submit`)
  expect(await groupsOf(active.accountId)).not.toContain(group)

  await bank().post(`${at}/close`, { actor: 'ana.lopez', reasons: ['own_request'] })
  await bank().post('/v1/sandbox/clock/advance', { seconds: 32 * 86_400 })
  expect(await known()).toMatchObject({ wasLeft: false })
})

/** What stands for a phone in the tables of the Guatemalan bank. */
function indexOf(phone: string): { readonly tenantId: string; readonly index: string } {
  const tenantId = server.tenants.find(({ country }) => country === 'GT')?.id ?? ''
  return { tenantId, index: server.runtime.personalData.blindIndex(tenantId, 'phone', phone) }
}
