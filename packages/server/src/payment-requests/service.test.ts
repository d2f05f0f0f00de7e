import type { PaymentRequest } from '@pisto/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOf, openShop, type Shop } from '../payments/testing/shop.ts'
import { aMerchantWithWallet } from '../payments/testing/wallets.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const get = async (shop: Shop, paymentRequestId: string) =>
  (await shop.requests.getPaymentRequest({ paymentRequestId }, shop.call('getPaymentRequest'))) as PaymentRequest
const cancel = async (shop: Shop, paymentRequestId: string, key?: string) =>
  shop.requests.cancelPaymentRequest({ paymentRequestId }, shop.call('cancelPaymentRequest', key, paymentRequestId))

describe('asking for an amount', () => {
  it('gives an open request with a code, a challenge and an end', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10', { reference: 'Mesa 4', metadata: { till: '2' }, expiresInSeconds: 300 })

    expect(request).toMatchObject({
      status: 'open',
      livemode: false,
      amount: shop.money('30.10'),
      reference: 'Mesa 4',
      metadata: { till: '2' },
      paymentId: null,
      challenge: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{8}$/),
      expiresAt: new Date(world.clock.now().getTime() + 300_000).toISOString(),
    })
    expect(await get(shop, request.id)).toEqual(request)
  })

  it('keeps the challenge that the payee’s phone made', async () => {
    const shop = await openShop(world)

    expect((await shop.charge('1.00', { challenge: '7k2m9qxa' })).challenge).toBe('7k2m9qxa')
  })

  it('gives the same answer to the same key, also when the request is long over', async () => {
    const shop = await openShop(world)
    const body = { merchantId: shop.merchant.id, amount: shop.money('5.00') }
    const first = await shop.requests.createPaymentRequest({ body }, shop.call('createPaymentRequest', 'k', body))
    await cancel(shop, first.id)

    const call = shop.call('createPaymentRequest', 'k', body)

    expect(await shop.requests.createPaymentRequest({ body }, call)).toEqual(first)
    expect(call.replayed).toBe(true)
  })

  it.each([
    ['a merchant that nobody is', () => ({ merchantId: world.ids.next('mer') }), 'merchant_not_found'],
    [
      'another currency than the wallet’s',
      () => ({ amount: { amount: '1.00', currency: 'USD' as const } }),
      'currency_mismatch',
    ],
    [
      'more digits than a code carries',
      () => ({ amount: { amount: '99999999999.99', currency: 'GTQ' as const } }),
      'request_invalid',
    ],
  ])('is refused for %s', async (_why, change, code) => {
    const shop = await openShop(world)

    expect(await endOf(shop.charge('1.00', change()))).toBe(code)
  })

  it.each(['draft', 'suspended', 'closed'] as const)('is refused for a merchant that is %s', async (status) => {
    const shop = await openShop(world, { status })

    expect(await endOf(shop.charge('1.00'))).toBe('payee_inactive')
  })

  it('is refused for another tenant’s merchant, as if there were none', async () => {
    const [shop, other] = [await openShop(world), await openShop(world)]

    expect(await endOf(shop.charge('1.00', { merchantId: other.merchant.id }))).toBe('merchant_not_found')
  })
})

describe('a request’s end', () => {
  it('shows by the clock, before anybody has booked it, and is told once it is booked', async () => {
    const shop = await openShop(world)
    const { id } = await shop.charge('1.00', { expiresInSeconds: 60 })
    world.clock.advance(59)
    expect((await get(shop, id)).status).toBe('open')

    world.clock.advance(1)
    expect((await get(shop, id)).status).toBe('expired')
    const headBefore = await world.ledger.headSequence(shop.tenant.id)
    await shop.runDue()

    expect((await get(shop, id)).status).toBe('expired')
    expect(await world.ledger.headSequence(shop.tenant.id)).toBe(headBefore + 1)
    const events = await world.ledger.listEvents(shop.tenant.id, { sequence: headBefore, index: 99 }, { limit: 9 })
    expect(events.map(({ type, objectId, status }) => [type, objectId, status])).toEqual([
      ['paymentRequest.expired', id, 'expired'],
    ])
  })

  it('cannot be paid or cancelled after it, booked or not', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('1.00', { expiresInSeconds: 60 })
    world.clock.advance(60)

    expect(await endOf(shop.pay({ qr: request.qr.payload }))).toBe('payment_request_expired')
    expect(await endOf(cancel(shop, request.id))).toBe('payment_request_wrong_status')
    await shop.runDue()
    expect(await endOf(shop.pay({ qr: request.qr.payload }))).toBe('payment_request_expired')
  })

  it('comes to nothing once it is paid', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('1.00', { expiresInSeconds: 60 })
    await shop.pay({ qr: request.qr.payload })
    world.clock.advance(60)
    await shop.runDue()

    expect((await get(shop, request.id)).status).toBe('paid')
  })
})

describe('withdrawing a request', () => {
  it('cancels an open one; nobody pays it any more', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('1.00')

    expect((await cancel(shop, request.id)).status).toBe('cancelled')
    expect(await endOf(shop.pay({ qr: request.qr.payload }))).toBe('payment_request_wrong_status')
    expect(await endOf(cancel(shop, request.id))).toBe('payment_request_wrong_status')
  })

  it('comes too late once it is paid, or being paid', async () => {
    const shop = await openShop(world)
    const [paid, held] = [await shop.charge('1.00'), await shop.charge('1.00')]
    await shop.pay({ qr: paid.qr.payload })
    await shop.pay({ qr: held.qr.payload, confirmation: 'later' })

    expect(await endOf(cancel(shop, paid.id))).toBe('payment_request_already_paid')
    expect(await endOf(cancel(shop, held.id))).toBe('payment_request_already_paid')
  })

  it('races with a payment in one tick: exactly one happens', async () => {
    const shop = await openShop(world)
    for (let round = 0; round < 5; round++) {
      const request = await shop.charge('1.00')
      const pay = () => endOf(shop.pay({ qr: request.qr.payload }))
      const withdraw = () => endOf(cancel(shop, request.id))
      const [first, second] = await Promise.all(round % 2 ? [pay(), withdraw()] : [withdraw(), pay()])

      expect([first, second].filter((end) => end === 'done')).toHaveLength(1)
      expect(['paid', 'cancelled']).toContain((await get(shop, request.id)).status)
    }
  })
})

it('another tenant’s requests do not exist', async () => {
  const [shop, other] = [await openShop(world), await openShop(world)]
  const { id } = await other.charge('1.00')

  for (const unknown of [id, world.ids.next('req'), 'req_nonsense', 'pay_00000000000000000000000000']) {
    expect(await endOf(Promise.resolve(get(shop, unknown)))).toBe('payment_request_not_found')
    expect(await endOf(cancel(shop, unknown))).toBe('payment_request_not_found')
  }
})

it('its texts stay out of the log; their commitment is in it', async () => {
  const shop = await openShop(world)
  const canaries = ['Mesa de Umaña', 'nota-canario']
  await shop.charge('1.00', { reference: 'Mesa de Umaña', metadata: { note: 'nota-canario' } })

  const leaves = await world.ledger.log.leaves(shop.tenant.id, { limit: 100, after: 0 })
  const text = leaves.map(({ leaf }) => leaf).join('\n')
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([])
  expect(JSON.parse(leaves.at(-1)?.leaf ?? '').commitments).toEqual([expect.stringMatching(/^[\w+/]{43}=$/)])
})

it('pages of the list meet each request once, newest first, whatever the filter (property)', async () => {
  const shop = await openShop(world)
  const second = await aMerchantWithWallet(world, shop.tenant)
  const all: string[] = []
  for (let n = 0; n < 24; n++) {
    const merchantId = n % 3 === 0 ? second.id : shop.merchant.id
    const request = await shop.charge('1.00', { merchantId, expiresInSeconds: n % 4 === 0 ? 30 : 3_000 })
    all.unshift(request.id)
    if (n % 5 === 1) await shop.pay({ qr: request.qr.payload })
    if (n % 5 === 2) await cancel(shop, request.id)
    if (n % 5 === 3)
      await shop.pay({ qr: request.qr.payload, confirmation: 'later', expiresInSeconds: n % 2 ? 31 : 600 })
    world.clock.advance(1)
  }
  world.clock.advance(32) // some are expired, some reservations have lapsed, nothing is booked
  const seen = await Promise.all(all.map((id) => get(shop, id)))

  const status = fc.constantFrom('open', 'reserved', 'paid', 'expired', 'cancelled', undefined)
  const merchant = fc.constantFrom(shop.merchant.id, second.id, world.ids.next('mer'), undefined)
  await fc.assert(
    fc.asyncProperty(status, merchant, fc.integer({ min: 1, max: 30 }), async (wanted, merchantId, limit) => {
      const filter = { ...(wanted && { status: wanted }), ...(merchantId && { merchantId }) }
      const expected = seen.filter(
        (request) => (!wanted || request.status === wanted) && (!merchantId || request.merchantId === merchantId),
      )
      const walked = []
      for (let after: string | null | undefined; after !== null; ) {
        const query = { ...filter, limit, ...(after && { after }) }
        const page = await shop.requests.listPaymentRequests({ query }, shop.call('listPaymentRequests'))
        expect(page.data.length).toBeLessThanOrEqual(limit)
        walked.push(...page.data)
        after = page.nextCursor
      }

      expect(walked).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
