import { toUuid } from '@pisto/ledger'
import { calculateJwkThumbprint } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'
import { TestDevice } from '../testing/device.ts'
import { aPerson } from '../testing/people.ts'
import { aMember, aShop, type Shop, signIn } from './testing/people-of-shops.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
})
afterAll(() => server.stop())

const one = { amount: '1.00', currency: 'GTQ' }
const charge = (device: TestDevice, shop: Shop) =>
  device.post('/v1/payment-requests', { merchantId: shop.id, amount: one })
const memberIdsOf = async (shop: Shop, path: string) =>
  (await shop.owner.get(path)).body.data.map(({ memberId }: { memberId: string }) => memberId)

describe('members', () => {
  it('are invited by phone, told by SMS, and join when they sign in with it', async () => {
    const shop = await aShop(server)
    const { phone } = aPerson()
    const { status, body: invited } = await shop.owner.post(`${shop.at}/members`, { phone, name: 'Ana', role: 'staff' })
    expect([status, invited.status, invited.phone]).toEqual([201, 'invited', phone])
    const inbox = await clientOf(server).get(`/v1/sandbox/inbox?to=${encodeURIComponent(phone)}`)
    expect(inbox.body.data[0].text).toMatch(/^Tortillería Ñandú le invita a cobrar/)

    const stranger = await signIn(server)
    expect((await stranger.post(`${shop.at}/members/${invited.id}/accept`)).body.code).toBe('merchant_not_found')
    const ana = await signIn(server, phone)
    const { body: self } = await ana.get('/v1/self')
    expect(self.invitations).toMatchObject([
      { memberId: invited.id, id: shop.id, name: 'Tortillería Ñandú', role: 'staff' },
    ])
    expect((await ana.post(`${shop.at}/members/${invited.id}/accept`)).body.status).toBe('active')
    expect((await shop.owner.post(`${shop.at}/members`, { phone, name: 'Ana', role: 'staff' })).body.code).toBe(
      'member_duplicate',
    )
  })

  it('who only charge see what they charged, and nothing of the owner, the account or others', async () => {
    const shop = await aShop(server)
    const { device: ana, id: anaId } = await aMember(server, shop, 'staff')
    const { body: hers } = await charge(ana, shop)
    const { body: owners } = await charge(shop.owner, shop)

    expect(hers.memberId).toBe(anaId)
    expect((await ana.get(`/v1/payment-requests/${hers.id}`)).status).toBe(200)
    expect((await ana.get(`/v1/payment-requests/${owners.id}`)).body.code).toBe('payment_request_not_found')
    expect((await ana.get('/v1/payment-requests')).body.data.map(({ id }: { id: string }) => id)).toEqual([hers.id])
    expect((await ana.get(shop.at)).body.code).toBe('scope_missing')
    expect((await ana.get(`/v1/accounts/${shop.accountId}`)).body.code).toBe('account_not_found')
    expect((await ana.get('/v1/accounts')).body.data).toEqual([])
    expect((await ana.get(`${shop.at}/members`)).body.code).toBe('scope_missing')
  })

  it('the owner sees who sold what, and looks for it; whoever pays does not learn it', async () => {
    const shop = await aShop(server)
    const { device: ana, id: anaId } = await aMember(server, shop, 'staff')
    const payer = await register(clientOf(server), 'consumers')
    await clientOf(server).post(`/v1/sandbox/accounts/${payer.accountId}/fund`, { amount: one })
    const { body: request } = await charge(ana, shop)
    const customer = await signIn(server, payer.phone)
    const paid = await customer.post('/v1/payments', { payerAccountId: payer.accountId, qr: request.qr.payload })
    const device = await calculateJwkThumbprint(customer.publicJwk) // for monitoring
    const from = await server.runtime.db.query('select payment_id from payment_devices where device = $1', [device])
    expect(from).toEqual([{ payment_id: toUuid(paid.body.id) }])
    expect(paid).toMatchObject({ status: 201, body: { status: 'completed', memberId: null } })

    expect(await memberIdsOf(shop, `/v1/payments?memberId=${anaId}`)).toEqual([anaId])
    expect(await memberIdsOf(shop, `/v1/payment-requests?memberId=${anaId}`)).toEqual([anaId])
    expect((await ana.get(`/v1/payments/${paid.body.id}`)).body.memberId).toBe(anaId)
    expect((await customer.get(`/v1/payments/${paid.body.id}`)).body.memberId).toBeNull()
    expect((await customer.get('/v1/payments')).body.data).toMatchObject([{ id: paid.body.id, memberId: null }])
    expect((await customer.get(`/v1/payments?memberId=${anaId}`)).body.data).toEqual([])
    const refund = `/v1/payments/${paid.body.id}/refunds`
    expect((await ana.post(refund, { amount: one })).body.code).toBe('scope_missing')
    expect((await customer.post(refund, { amount: one })).body.code).toBe('scope_missing')
    expect((await shop.owner.post(refund, { amount: one })).status).toBe(201)
  })

  it('are out at once when they are removed, whatever token they hold', async () => {
    const shop = await aShop(server)
    const { device: ana, id } = await aMember(server, shop, 'staff')
    expect((await charge(ana, shop)).status).toBe(201)

    const { body } = await shop.owner.call('DELETE', `${shop.at}/members/${id}`)
    expect(body).toMatchObject({ status: 'removed', name: 'Ana', phone: null })
    expect((await charge(ana, shop)).body.code).toBe('scope_missing')
    expect((await shop.owner.call('DELETE', `${shop.at}/members/${id}`)).body.code).toBe('member_wrong_status')
  })

  it('the last owner stays; of two who remove each other at once, one does', async () => {
    const shop = await aShop(server)
    const own = (await shop.owner.get(`${shop.at}/members`)).body.data[0].id
    expect((await shop.owner.call('DELETE', `${shop.at}/members/${own}`)).body.code).toBe('last_owner')
    expect((await shop.owner.call('PATCH', `${shop.at}/members/${own}`, { role: 'staff' })).body.code).toBe(
      'last_owner',
    )

    const { device: partner, id } = await aMember(server, shop, 'owner')
    const outcomes = await Promise.all([
      shop.owner.call('DELETE', `${shop.at}/members/${id}`),
      partner.call('DELETE', `${shop.at}/members/${own}`),
    ])
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1)
    const { body } = await clientOf(server).get(`${shop.at}/members`)
    expect(body.data.filter(({ status }: { status: string }) => status === 'active')).toHaveLength(1)
  })
})

describe('tills', () => {
  it('sign in with a code that the owner shows, charge, and end', async () => {
    const shop = await aShop(server)
    const { body: till } = await shop.owner.post(`${shop.at}/devices`, { name: 'Caja 1' })
    expect(till).toMatchObject({ status: 'unpaired', name: 'Caja 1', lastUsedAt: null })
    const [pairing, again] = [
      await shop.owner.post(`${shop.at}/devices/${till.id}/pair`, {}, 'once'),
      await shop.owner.post(`${shop.at}/devices/${till.id}/pair`, {}, 'once'),
    ]
    expect(again.body).toEqual(pairing.body)

    const tablet = await TestDevice.make(server)
    expect((await tablet.confirm(pairing.body.sessionId, pairing.body.code)).status).toBe(200)
    expect((await charge(tablet, shop)).body.memberId).toBe(till.id)
    expect((await tablet.get('/v1/self')).body.registrations).toMatchObject([{ role: 'till', id: shop.id }])
    expect((await shop.owner.get(`${shop.at}/devices`)).body.data).toMatchObject([{ id: till.id, status: 'active' }])

    expect((await shop.owner.call('DELETE', `${shop.at}/devices/${till.id}`)).body.status).toBe('ended')
    expect((await charge(tablet, shop)).body).toMatchObject({ status: 401, code: 'session_ended' })
    expect((await tablet.refresh()).body.code).toBe('session_ended')
  })

  it('have one device: a new one signs the old one out', async () => {
    const shop = await aShop(server)
    const { body: till } = await shop.owner.post(`${shop.at}/devices`, { name: 'Caja 2' })
    const pair = async () => {
      const { body } = await shop.owner.post(`${shop.at}/devices/${till.id}/pair`)
      const device = await TestDevice.make(server)
      await device.confirm(body.sessionId, body.code)
      return device
    }
    const [old, next] = [await pair(), await pair()]

    expect((await charge(old, shop)).body.code).toBe('session_ended')
    expect((await charge(next, shop)).status).toBe(201)
  })
})

describe('a lost phone', () => {
  it('is signed out from another phone of the same person', async () => {
    const { phone } = aPerson()
    const [lost, found] = [await signIn(server, phone), await signIn(server, phone)]
    const { body: page } = await found.get('/v1/sessions')
    expect(page.data).toMatchObject([
      { id: found.sessionId, isCurrent: true, deviceName: 'Teléfono de prueba' },
      { id: lost.sessionId, isCurrent: false },
    ])

    expect((await found.call('DELETE', `/v1/sessions/${lost.sessionId}`)).body).toMatchObject({ status: 'ended' })
    expect((await lost.get('/v1/self')).body.code).toBe('session_ended')
    expect((await lost.refresh()).body.code).toBe('session_ended')
    const stranger = await signIn(server)
    expect((await stranger.call('DELETE', `/v1/sessions/${found.sessionId}`)).body.code).toBe('session_not_found')
  })
})
