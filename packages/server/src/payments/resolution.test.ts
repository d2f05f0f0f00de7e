import type { PaymentRequest } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { endOf, openShop, type Shop } from './testing/shop.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const get = async (shop: Shop, paymentId: string) => shop.payments.getPayment({ paymentId }, shop.call('getPayment'))
const requestStatus = async (shop: Shop, paymentRequestId: string) =>
  ((await shop.requests.getPaymentRequest({ paymentRequestId }, shop.call('getPaymentRequest'))) as PaymentRequest)
    .status

/** A payment of 30.10 that waits for its confirmation. */
async function heldPayment(shop: Shop, expiresInSeconds = 60, requestSeconds = 900) {
  const request = await shop.charge('30.10', { expiresInSeconds: requestSeconds })
  const payment = await shop.pay({ qr: request.qr.payload, confirmation: 'later', expiresInSeconds }, 'pay')
  return { request, payment }
}

describe('a payment in two steps', () => {
  it('keeps the money and the request until it is confirmed', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop)

    expect(payment).toMatchObject({
      status: 'pending',
      completedAt: null,
      expiresAt: new Date(world.clock.now().getTime() + 60_000).toISOString(),
    })
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '69.90'])
    expect(await shop.balances(shop.merchant)).toEqual(['0.00', '0.00'])
    expect(await requestStatus(shop, request.id)).toBe('reserved')
    expect(await endOf(shop.pay({ qr: request.qr.payload }))).toBe('payment_request_already_paid')
    expect(await endOf(shop.pay({ alias: shop.merchant.alias, amount: shop.money('69.91') }))).toBe(
      'insufficient_funds',
    )
  })

  it('is completed by its confirmation, with a sequence of its own', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop)
    world.clock.advance(59)

    const confirmed = await shop.confirm(payment.id, 'c')

    expect(confirmed).toMatchObject({ status: 'completed', completedAt: world.clock.now().toISOString() })
    expect(confirmed.sequence).toBeGreaterThan(payment.sequence)
    expect(confirmed.transactionId).not.toBe(payment.transactionId)
    expect(await get(shop, payment.id)).toEqual(confirmed)
    expect(await requestStatus(shop, request.id)).toBe('paid')
    expect(await shop.balances(shop.merchant)).toEqual(['30.10', '30.10'])
    expect(await shop.balances(shop.payer)).toEqual(['69.90', '69.90'])
  })

  it.each(['payer', 'merchant'] as const)('waits while the %s is held by a case, and can be given up', async (who) => {
    const shop = await openShop(world)
    const { payment } = await heldPayment(shop)
    const { alias } = shop.merchant
    const other = await shop.pay({ alias, amount: shop.money('1.00'), confirmation: 'later', expiresInSeconds: 60 })
    const setHeld = (isHeld: boolean) =>
      world.db.query('update registrations set is_held = $2 where account_id = $1', [
        toUuid(shop[who].accountId),
        isHeld,
      ])
    await setHeld(true)

    expect(await endOf(shop.confirm(payment.id))).toBe('account_frozen')
    expect((await shop.cancel(other.id)).status).toBe('cancelled')
    await setHeld(false)
    expect((await shop.confirm(payment.id)).status).toBe('completed')
  })

  it('gives everything back when it is cancelled; the request can be paid again', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop)

    expect((await shop.cancel(payment.id)).status).toBe('cancelled')

    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
    expect(await requestStatus(shop, request.id)).toBe('open')
    expect((await shop.pay({ qr: request.qr.payload })).status).toBe('completed')
  })

  it('can be confirmed after the request’s own end: the payer was in time', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop, 600, 60)
    world.clock.advance(300)
    await shop.runDue()

    expect(await requestStatus(shop, request.id)).toBe('reserved')
    expect((await shop.confirm(payment.id)).status).toBe('completed')
    expect(await requestStatus(shop, request.id)).toBe('paid')
  })

  it('that is cancelled after the request’s end leaves it expired', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop, 600, 60)
    world.clock.advance(300)
    const cancelled = await shop.cancel(payment.id)

    const events = await world.ledger.listEvents(
      shop.tenant.id,
      { sequence: cancelled.sequence - 1, index: 99 },
      { limit: 9 },
    )
    expect(events.map(({ type }) => type)).toEqual(['payment.cancelled', 'paymentRequest.expired'])
    expect(await requestStatus(shop, request.id)).toBe('expired')
  })
})

describe('the expiry of a hold', () => {
  it('shows by the clock; once booked the money is back and the request open', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop)
    world.clock.advance(60)
    expect((await get(shop, payment.id)).status).toBe('expired')
    expect(await requestStatus(shop, request.id)).toBe('open')

    await shop.runDue()

    const expired = await get(shop, payment.id)
    expect(expired.status).toBe('expired')
    expect(expired.sequence).toBeGreaterThan(payment.sequence)
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
    expect((await shop.pay({ qr: request.qr.payload })).status).toBe('completed')
  })

  it('is booked by a late confirmation, which is refused, and refused again', async () => {
    const shop = await openShop(world)
    const { payment } = await heldPayment(shop)
    world.clock.advance(60)

    expect(await endOf(shop.confirm(payment.id, 'late'))).toBe('hold_expired')
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
    const head = await world.ledger.headSequence(shop.tenant.id)
    expect(await endOf(shop.confirm(payment.id, 'late'))).toBe('hold_expired')
    expect(await endOf(shop.confirm(payment.id, 'later'))).toBe('payment_wrong_status')
    await shop.runDue()
    expect(await world.ledger.headSequence(shop.tenant.id)).toBe(head)
  })

  it('makes a late cancellation say expired', async () => {
    const shop = await openShop(world)
    const { payment } = await heldPayment(shop)
    world.clock.advance(60)

    expect((await shop.cancel(payment.id)).status).toBe('expired')
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
  })

  it('lets another payer take the request before it is booked, and does not take it back', async () => {
    const shop = await openShop(world)
    const { request, payment } = await heldPayment(shop)
    world.clock.advance(60)
    const second = await shop.pay({ qr: request.qr.payload })

    await shop.runDue()

    expect(await requestStatus(shop, request.id)).toBe('paid')
    expect((await get(shop, payment.id)).status).toBe('expired')
    expect(second.status).toBe('completed')
    expect(await shop.balances(shop.payer)).toEqual(['69.90', '69.90'])
  })

  it('comes to nothing once the payment is confirmed', async () => {
    const shop = await openShop(world)
    const { payment } = await heldPayment(shop)
    const confirmed = await shop.confirm(payment.id)
    world.clock.advance(60)
    await shop.runDue()

    expect(await get(shop, payment.id)).toEqual(confirmed)
  })
})

it('a confirmation gives its answer again after the payment was refunded', async () => {
  const shop = await openShop(world)
  const { payment } = await heldPayment(shop)
  const confirmed = await shop.confirm(payment.id, 'c')
  await shop.refund(payment.id, '30.10')

  expect(await shop.confirm(payment.id, 'c')).toEqual(confirmed)
  expect(await endOf(shop.confirm(payment.id, 'd'))).toBe('payment_wrong_status')
})

it('a payment that is completed cannot be confirmed or cancelled, a cancelled one not confirmed', async () => {
  const shop = await openShop(world)
  const done = await shop.pay({ alias: shop.merchant.alias, amount: shop.money('1.00') })
  const { payment } = await heldPayment(shop)
  await shop.cancel(payment.id)

  expect(await endOf(shop.confirm(done.id))).toBe('payment_wrong_status')
  expect(await endOf(shop.cancel(done.id))).toBe('payment_wrong_status')
  expect(await endOf(shop.confirm(payment.id))).toBe('payment_wrong_status')
})

it('another tenant’s payments do not exist', async () => {
  const [shop, other] = [await openShop(world), await openShop(world)]
  const { payment } = await heldPayment(other)

  for (const id of [payment.id, world.ids.next('pay'), 'pay_00000000000000000000000000', 'nonsense']) {
    const ends = await Promise.all(
      [
        get(shop, id),
        shop.confirm(id),
        shop.cancel(id),
        shop.refund(id, '1.00'),
        Promise.resolve(shop.payments.listRefunds({ paymentId: id, query: {} }, shop.call('listRefunds'))),
        Promise.resolve(shop.payments.getPaymentReceipt({ paymentId: id }, shop.call('getPaymentReceipt'))),
      ].map(endOf),
    )

    expect(new Set(ends)).toEqual(new Set(['payment_not_found']))
  }
})
