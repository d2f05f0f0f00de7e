import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { endOf, openShop, type Shop, shopOf } from './testing/shop.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

/** The same shop behind this server and a second one with caches of its own. */
async function openTwoServers(): Promise<readonly [Shop, Shop]> {
  const shop = await openShop(world)
  return [shop, shopOf(shareWorld(world.db), shop)]
}

const statusOf = async (shop: Shop, paymentId: string) =>
  (await shop.payments.getPayment({ paymentId }, shop.call('getPayment'))).status

describe('payments for one request, in one tick', () => {
  it.each([2, 3, 16])('of %i exactly one pays; the others learn that it is paid', async (count) => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')

    const ends = await Promise.all(
      Array.from({ length: count }, (_, n) => endOf(shop.pay({ qr: request.qr.payload }, `k${n}`))),
    )

    expect(ends.toSorted()).toEqual(['done', ...Array(count - 1).fill('payment_request_already_paid')])
    expect(await shop.balances(shop.merchant)).toEqual(['30.10', '30.10'])
    expect(await shop.balances(shop.payer)).toEqual(['69.90', '69.90'])
  })

  it('a payer without money does not spoil it for one who has some', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')
    const poor = shop.merchant.accountId // has nothing, and is another account than the payer’s
    const qr = request.qr.payload

    const ends = await Promise.all([endOf(shop.pay({ qr, payerAccountId: poor }, 'a')), endOf(shop.pay({ qr }, 'b'))])

    expect(ends[1]).toBe('done')
    expect(['same_account', 'payment_request_already_paid']).toContain(ends[0]) // whichever was decided first
  })

  it('through two servers exactly one pays', async () => {
    const servers = await openTwoServers()
    for (let round = 0; round < 5; round++) {
      const request = await servers[0].charge('1.00')
      const ends = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          endOf(servers[n % 2 === 0 ? 0 : 1].pay({ qr: request.qr.payload }, `${round}.${n}`)),
        ),
      )

      expect(ends.filter((end) => end === 'done')).toHaveLength(1)
      expect(new Set(ends)).toEqual(new Set(['done', 'payment_request_already_paid']))
    }
    expect(await servers[0].balances(servers[0].merchant)).toEqual(['5.00', '5.00'])
  })

  it('one in two steps and one in one step: exactly one takes the request', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('1.00')
    const qr = request.qr.payload
    const ends = await Promise.all([endOf(shop.pay({ qr, confirmation: 'later' })), endOf(shop.pay({ qr }))])

    expect(ends.toSorted()).toEqual(['done', 'payment_request_already_paid'])
  })
})

describe('one key, many times at once', () => {
  it('is one payment and as many equal answers', async () => {
    const shop = await openShop(world)
    const body = { alias: shop.merchant.alias, amount: shop.money('0.20') }
    const answers = await Promise.all(Array.from({ length: 8 }, () => shop.pay(body, 'same')))

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await shop.balances(shop.merchant)).toEqual(['0.20', '0.20'])
  })
})

describe('confirm and cancel of one payment, in one tick', () => {
  it.each([
    ['confirm first', true],
    ['cancel first', false],
  ])('%s: exactly one outcome, and the money agrees', async (_order, confirmFirst) => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')
    const { id } = await shop.pay({ qr: request.qr.payload, confirmation: 'later' })
    const [confirm, cancel] = [() => endOf(shop.confirm(id, 'c')), () => endOf(shop.cancel(id, 'x'))]

    const ends = await Promise.all(confirmFirst ? [confirm(), cancel()] : [cancel(), confirm()])

    expect(ends).toEqual(['done', 'payment_wrong_status'])
    expect(await statusOf(shop, id)).toBe(confirmFirst ? 'completed' : 'cancelled')
    expect(await shop.balances(shop.merchant)).toEqual(confirmFirst ? ['30.10', '30.10'] : ['0.00', '0.00'])
    expect(await shop.balances(shop.payer)).toEqual(confirmFirst ? ['69.90', '69.90'] : ['100.00', '100.00'])
  })

  it('through two servers: exactly one outcome', async () => {
    const [first, second] = await openTwoServers()
    for (let round = 0; round < 5; round++) {
      const { id } = await first.pay({
        alias: first.merchant.alias,
        amount: first.money('1.00'),
        confirmation: 'later',
      })
      const ends = await Promise.all([endOf(first.confirm(id)), endOf(second.cancel(id))])

      expect(ends.filter((end) => end === 'done')).toHaveLength(1)
      expect(ends.filter((end) => end === 'payment_wrong_status')).toHaveLength(1)
    }
  })
})

describe('two refunds of one payment, in one tick', () => {
  it.each([
    ['15.05', '15.05', ['done', 'done'], '0.00', 'refunded', 'both fit'],
    ['10.00', '20.00', ['done', 'done'], '0.10', 'partiallyRefunded', 'both fit, something is left'],
    ['15.05', '15.06', ['done', 'refund_exceeds_payment'], '15.05', 'partiallyRefunded', 'they are more than was paid'],
    ['30.10', '30.10', ['done', 'payment_wrong_status'], '0.00', 'refunded', 'the first leaves nothing'],
  ])('%s and %s: %o, %s is left (%s): %s', async (one, two, ends, left, status, _why) => {
    const shop = await openShop(world)
    const { id } = await shop.pay({ alias: shop.merchant.alias, amount: shop.money('30.10') })

    expect(await Promise.all([endOf(shop.refund(id, one)), endOf(shop.refund(id, two))])).toEqual(ends)

    expect(await shop.balances(shop.merchant)).toEqual([left, left])
    expect(await statusOf(shop, id)).toBe(status)
  })

  it('through two servers: never more than was paid', async () => {
    const [first, second] = await openTwoServers()
    const { id } = await first.pay({ alias: first.merchant.alias, amount: first.money('10.00') })
    const ends = await Promise.all(
      Array.from({ length: 8 }, (_, n) => endOf((n % 2 === 0 ? first : second).refund(id, '3.00'))),
    )

    expect(ends.filter((end) => end === 'done')).toHaveLength(3)
    expect(ends.filter((end) => end === 'refund_exceeds_payment')).toHaveLength(5)
    expect(await first.balances(first.merchant)).toEqual(['1.00', '1.00'])
  })
})
