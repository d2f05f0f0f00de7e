import type { QrCode, QrTip } from '@pisto/contract'
import { formatMinor } from '@pisto/money/text'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { merchantCode, signedCode } from '../payment-requests/code.ts'
import { openTestWorld, shareWorld, type TestWorld } from '../testing/test-world.ts'
import { endOf, openShop, type Shop, shopOf } from './testing/shop.ts'

/** Payments by codes that merchants print or show. */
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const quetzales = (amount: string) => ({ amount, currency: 'GTQ' }) as const
const problemOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)
const codeAt = async (shop: Shop, { id }: QrCode) =>
  (await shop.codes.getQrCode({ merchantId: shop.merchant.id, qrCodeId: id }, shop.call('getQrCode'))) as QrCode
const statusOf = async (shop: Shop, code: QrCode) => (await codeAt(shop, code)).status
const inSeconds = (seconds: number) => new Date(world.clock.now().getTime() + seconds * 1000).toISOString()
const resolve = async (shop: Shop, payload: string) => shop.qr.resolveQr({ body: { payload } }, shop.call('resolveQr'))

async function eventsOf(shop: Shop, { sequence }: { readonly sequence: number }) {
  const after = { sequence: sequence - 1, index: 99 }
  const events = await world.ledger.listEvents(shop.tenant.id, after, { limit: 9 })
  return events.map(({ type }) => type)
}

describe('a code for many payments', () => {
  it('is paid any number of times, each with the amount of its payer', async () => {
    const shop = await openShop(world)
    const code = await shop.code()
    const [first, second] = [
      await shop.pay({ qr: code.payload, amount: quetzales('1.00') }),
      await shop.pay({ qr: code.payload, amount: quetzales('2.50') }),
    ]

    expect([first, second]).toMatchObject([
      { status: 'completed', qrCodeId: code.id, tip: null, amount: quetzales('1.00') },
      { status: 'completed', qrCodeId: code.id, tip: null, amount: quetzales('2.50') },
    ])
    expect(await shop.balances(shop.merchant)).toEqual(['3.50', '3.50'])
    expect(await codeAt(shop, code)).toEqual(code)
    expect(await endOf(shop.pay({ qr: code.payload }))).toBe('request_invalid') // no amount
  })

  it('with an amount is paid with that amount', async () => {
    const shop = await openShop(world)
    const { payload } = await shop.code({ amount: quetzales('12.00') })

    expect((await shop.pay({ qr: payload })).amount).toEqual(quetzales('12.00'))
    expect(await problemOf(shop.pay({ qr: payload, amount: quetzales('11.99') }))).toMatchObject({
      errors: [{ pointer: '/amount', code: 'amount_differs' }],
    })
  })

  it('is not held back by a payment that waits, and does not change with it', async () => {
    const shop = await openShop(world)
    const code = await shop.code()
    const held = await shop.pay({ qr: code.payload, amount: quetzales('1.00'), confirmation: 'later' })

    expect(await endOf(shop.pay({ qr: code.payload, amount: quetzales('1.00') }))).toBe('done')
    expect((await shop.confirm(held.id)).qrCodeId).toBe(code.id)
    expect(await codeAt(shop, code)).toEqual(code)
  })

  it('can be withdrawn while a payment waits: that payer was in time', async () => {
    const shop = await openShop(world)
    const code = await shop.code()
    const held = await shop.pay({ qr: code.payload, amount: quetzales('1.00'), confirmation: 'later' })
    await shop.revoke(code.id)

    expect((await shop.confirm(held.id)).status).toBe('completed')
    expect(await endOf(shop.pay({ qr: code.payload, amount: quetzales('1.00') }))).toBe('qr_code_revoked')
  })
})

describe('a one-shot code', () => {
  const oneShot = (shop: Shop, change = {}) => shop.code({ amount: quetzales('10.00'), oneShot: true, ...change })

  it('is used up by its payment, in the same transaction', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop)
    const payment = await shop.pay({ qr: code.payload })

    expect(await codeAt(shop, code)).toMatchObject({ status: 'used', paymentId: payment.id })
    expect(await eventsOf(shop, payment)).toEqual(['payment.completed', 'qrCode.used'])
    expect(await endOf(shop.pay({ qr: code.payload }))).toBe('qr_code_used')
    expect(await endOf(resolve(shop, code.payload))).toBe('qr_code_used')
    expect(await endOf(shop.revoke(code.id))).toBe('qr_code_used')
  })

  it.each([2, 3, 16])('of %i payments in one tick exactly one pays', async (count) => {
    const shop = await openShop(world)
    const { payload } = await oneShot(shop)

    const ends = await Promise.all(Array.from({ length: count }, (_, n) => endOf(shop.pay({ qr: payload }, `k${n}`))))

    expect(ends.toSorted()).toEqual(['done', ...Array(count - 1).fill('qr_code_used')])
    expect(await shop.balances(shop.merchant)).toEqual(['10.00', '10.00'])
  })

  it('through two servers exactly one pays', async () => {
    const shop = await openShop(world)
    const servers = [shop, shopOf(shareWorld(world.db), shop)] as const
    for (let round = 0; round < 4; round++) {
      const { payload } = await oneShot(shop, { amount: quetzales('1.00') })
      const pay = (n: number) => endOf(servers[n % 2 === 0 ? 0 : 1].pay({ qr: payload }, `${round}.${n}`))

      const ends = await Promise.all(Array.from({ length: 6 }, (_, n) => pay(n)))

      expect(ends.toSorted()).toEqual(['done', ...Array(5).fill('qr_code_used')])
    }
    expect(await shop.balances(shop.merchant)).toEqual(['4.00', '4.00'])
  })

  it('races with its withdrawal: exactly one happens', async () => {
    const shop = await openShop(world)
    for (let round = 0; round < 4; round++) {
      const code = await oneShot(shop, { amount: quetzales('1.00') })
      const pay = () => endOf(shop.pay({ qr: code.payload }))
      const withdraw = () => endOf(shop.revoke(code.id))
      const ends = await Promise.all(round % 2 ? [pay(), withdraw()] : [withdraw(), pay()])

      expect(ends.filter((end) => end === 'done')).toHaveLength(1)
      expect(['used', 'revoked']).toContain(await statusOf(shop, code))
    }
  })

  it('repeated under its key gives its answer, though the code is used by then', async () => {
    const shop = await openShop(world)
    const { payload } = await oneShot(shop)
    const first = await shop.pay({ qr: payload }, 'k')

    expect(await shop.pay({ qr: payload }, 'k')).toEqual(first)
  })

  it('is reserved by a payment that waits, and used when that is confirmed', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop)
    const held = await shop.pay({ qr: code.payload, confirmation: 'later' })
    expect(await codeAt(shop, code)).toMatchObject({ status: 'reserved', paymentId: held.id })
    expect(await endOf(shop.pay({ qr: code.payload }))).toBe('qr_code_used')

    const confirmed = await shop.confirm(held.id)

    expect(await eventsOf(shop, confirmed)).toEqual(['payment.completed', 'qrCode.used'])
    expect(await codeAt(shop, code)).toMatchObject({ status: 'used', paymentId: held.id })
  })

  it('is free again when that payment is cancelled, or its hold expires', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop)
    await shop.cancel((await shop.pay({ qr: code.payload, confirmation: 'later' })).id)
    expect(await codeAt(shop, code)).toMatchObject({ status: 'active', paymentId: null })

    await shop.pay({ qr: code.payload, confirmation: 'later', expiresInSeconds: 60 })
    world.clock.advance(60)
    expect(await statusOf(shop, code)).toBe('active') // by the clock, before anybody has booked it
    const second = await shop.pay({ qr: code.payload })
    await shop.runDue()

    expect(await codeAt(shop, code)).toMatchObject({ status: 'used', paymentId: second.id })
  })

  it('that is over when its payment lets go of it is expired, and says so', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop, { expiresAt: inSeconds(60) })
    const held = await shop.pay({ qr: code.payload, confirmation: 'later' })
    world.clock.advance(60)
    await shop.runDue()
    expect(await statusOf(shop, code)).toBe('reserved')

    const cancelled = await shop.cancel(held.id)

    expect(await eventsOf(shop, cancelled)).toEqual(['payment.cancelled', 'qrCode.expired'])
    expect(await statusOf(shop, code)).toBe('expired')
  })

  it('can be paid by who reserved it in time, after its end', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop, { expiresAt: inSeconds(60) })
    const held = await shop.pay({ qr: code.payload, confirmation: 'later' })
    world.clock.advance(120)

    expect((await shop.confirm(held.id)).status).toBe('completed')
    expect(await statusOf(shop, code)).toBe('used')
  })

  it.each([
    ['confirmed', 'completed'],
    ['cancelled', 'cancelled'],
  ] as const)(
    'can be withdrawn under a payer: the payment may still be %s, and is the last one',
    async (end, status) => {
      const shop = await openShop(world)
      const code = await oneShot(shop)
      const held = await shop.pay({ qr: code.payload, confirmation: 'later' })
      expect(await shop.revoke(code.id)).toMatchObject({ status: 'revoked', paymentId: null })

      const resolved = end === 'confirmed' ? await shop.confirm(held.id) : await shop.cancel(held.id)

      expect(resolved.status).toBe(status)
      expect(await eventsOf(shop, resolved)).toEqual([`payment.${status}`])
      expect(await statusOf(shop, code)).toBe('revoked')
      expect(await endOf(shop.pay({ qr: code.payload }))).toBe('qr_code_revoked')
    },
  )

  it('a refund does not bring it back', async () => {
    const shop = await openShop(world)
    const code = await oneShot(shop)
    const { id } = await shop.pay({ qr: code.payload })
    await shop.refund(id, '10.00')

    expect(await statusOf(shop, code)).toBe('used')
  })
})

describe('tips and fees', () => {
  const withTip = (shop: Shop, tip: QrTip, amount?: string) =>
    shop.code({ tip, ...(amount !== undefined && { amount: quetzales(amount) }) })
  const fixed = { kind: 'fixed', amount: quetzales('1.50') } as const

  it('a fixed fee comes on top, in one movement of money', async () => {
    const shop = await openShop(world)
    const { payload } = await withTip(shop, fixed, '20.00')

    expect(await resolve(shop, payload)).toMatchObject({
      amount: quetzales('20.00'),
      tip: fixed,
      fee: quetzales('1.50'),
      total: quetzales('21.50'),
    })
    expect(await shop.pay({ qr: payload })).toMatchObject({ amount: quetzales('21.50'), tip: quetzales('1.50') })
    expect(await shop.balances(shop.merchant)).toEqual(['21.50', '21.50'])
  })

  it('a fixed fee is known before the amount is, a percentage is not', async () => {
    const shop = await openShop(world)

    expect(await resolve(shop, (await withTip(shop, fixed)).payload)).toMatchObject({
      fee: quetzales('1.50'),
      total: null,
    })
    expect(await resolve(shop, (await withTip(shop, { kind: 'percent', percent: '5.00' })).payload)).toMatchObject({
      tip: { kind: 'percent', percent: '5.00' },
      fee: null,
      total: null,
    })
  })

  it('a percentage is of the payer’s amount; all of it can be given back', async () => {
    const shop = await openShop(world)
    const { payload } = await withTip(shop, { kind: 'percent', percent: '12.50' })
    const payment = await shop.pay({ qr: payload, amount: quetzales('10.10') })

    expect(payment).toMatchObject({ amount: quetzales('11.36'), tip: quetzales('1.26') }) // 1.2625
    await shop.refund(payment.id, '11.36')
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
  })

  it('a tip is up to the payer, where the code asks for one', async () => {
    const shop = await openShop(world)
    const { payload } = await withTip(shop, { kind: 'prompt' }, '20.00')

    expect(await resolve(shop, payload)).toMatchObject({
      tip: { kind: 'prompt' },
      fee: null,
      total: quetzales('20.00'),
    })
    expect(await shop.pay({ qr: payload })).toMatchObject({ amount: quetzales('20.00'), tip: null })
    expect(await shop.pay({ qr: payload, tip: quetzales('3.00') })).toMatchObject({
      amount: quetzales('23.00'),
      tip: quetzales('3.00'),
    })
  })

  it.each<[string, (shop: Shop) => Promise<object>, string, string]>([
    ['by alias', async (s) => ({ alias: s.merchant.alias, amount: quetzales('1.00') }), '/tip', 'tip_not_asked'],
    ['for a request', async (s) => ({ qr: (await s.charge('1.00')).qr.payload }), '/tip', 'tip_not_asked'],
    ['on top of a fee', async (s) => ({ qr: (await withTip(s, fixed, '1.00')).payload }), '/tip', 'tip_not_asked'],
    [
      'nobody asked for',
      async (s) => ({ qr: (await s.code({ amount: quetzales('1.00') })).payload }),
      '/tip',
      'tip_not_asked',
    ],
  ])('a tip %s is invalid', async (_what, body, pointer, code) => {
    const shop = await openShop(world)
    const paying = shop.pay({ ...(await body(shop)), tip: quetzales('1.00') })

    expect(await problemOf(paying)).toMatchObject({ code: 'request_invalid', errors: [{ pointer, code }] })
  })

  it('a tip in another currency is invalid', async () => {
    const shop = await openShop(world)
    const { payload } = await withTip(shop, { kind: 'prompt' }, '1.00')

    expect(await problemOf(shop.pay({ qr: payload, tip: { amount: '1.00', currency: 'USD' } }))).toMatchObject({
      errors: [{ pointer: '/tip/currency' }],
    })
  })

  it('what no account can hold is refused, not wrapped around', async () => {
    const shop = await openShop(world)
    const { payload } = await withTip(shop, { kind: 'prompt' })
    const paying = shop.pay({ qr: payload, amount: quetzales('92233720368547758.07'), tip: quetzales('0.01') })

    expect(await endOf(paying)).toBe('amount_too_large')
  })

  it('what is resolved is what is paid, to the centavo, and amount and tip add up (property)', async () => {
    const shop = await openShop(world, { funds: '10000.00' })
    const minor = fc.bigInt({ min: 1n, max: 50_00n })
    const money = minor.map((n) => quetzales(formatMinor(n, 'GTQ')))
    const tip = fc.oneof(
      fc.constant(undefined),
      money.map((amount) => ({ kind: 'fixed' as const, amount })),
      fc.bigInt({ min: 1n, max: 9_999n }).map((n) => ({ kind: 'percent' as const, percent: formatMinor(n, 'GTQ') })),
    )
    await fc.assert(
      fc.asyncProperty(minor, tip, async (amount, rule) => {
        const { payload } = await shop.code({
          amount: quetzales(formatMinor(amount, 'GTQ')),
          ...(rule && { tip: rule }),
        })
        const { total, fee } = await resolve(shop, payload)
        const { amount: paid, tip: part } = await shop.pay({ qr: payload })

        expect(paid).toEqual(total)
        expect(part ?? quetzales('0.00')).toEqual(fee ?? quetzales('0.00'))
        const tipMinor = BigInt((part?.amount ?? '0.00').replace('.', ''))
        expect(BigInt(paid.amount.replace('.', '')) - tipMinor).toBe(amount)
      }),
      { numRuns: 40 },
    )
  })
})

describe('codes that say something else than they should', () => {
  const payee = { tradeName: 'Otro Rótulo', city: 'Cobán', categoryCode: '5411' }
  const forge = async ({ tenant, keys, merchant }: Shop, codeId: string, amount?: string) =>
    signedCode(tenant, { ...payee, alias: merchant.alias }, await keys.signing(tenant.id, 'qr'), {
      ids: { codeId: codeId.slice('qrc_'.length) },
      isForOne: false,
      ...(amount !== undefined && { fields: { amount } }),
    })

  it.each<[string, (shop: Shop) => Promise<string>]>([
    ['an id that is no code’s', (s) => forge(s, world.ids.next('qrc'))],
    [
      'another amount than the code has',
      async (s) => forge(s, (await s.code({ amount: quetzales('5.00') })).id, '50.00'),
    ],
    ['no amount, where the code has one', async (s) => forge(s, (await s.code({ amount: quetzales('5.00') })).id)],
    ['an amount, where the code has none', async (s) => forge(s, (await s.code()).id, '50.00')],
  ])('signed with the bank’s own key with %s are refused', async (_what, payload) => {
    const shop = await openShop(world)
    const qr = await payload(shop)
    const amount = quetzales('5.00')

    expect(await endOf(resolve(shop, qr))).toBe('qr_code_not_found')
    expect(['qr_code_not_found', 'request_invalid']).toContain(await endOf(shop.pay({ qr, amount })))
  })

  it('a genuine code without an id of its own is paid as before', async () => {
    const shop = await openShop(world)
    const { tenant, keys, merchant } = shop
    const key = await keys.signing(tenant.id, 'qr')
    const qr = await merchantCode(tenant, { ...payee, alias: merchant.alias }, key)

    expect(await shop.pay({ qr, amount: quetzales('1.00') })).toMatchObject({ qrCodeId: null, status: 'completed' })
    expect(await resolve(shop, qr)).toMatchObject({ qrCodeId: null, tip: null, payable: true })
  })
})

it('a dry run uses nothing up', async () => {
  const shop = await openShop(world)
  const code = await shop.code({ amount: quetzales('5.00'), oneShot: true })
  const body = { payerAccountId: shop.payer.accountId, qr: code.payload }
  const call = { ...shop.call('createPayment'), dryRun: true }

  expect(await shop.payments.createPayment({ body, query: { dryRun: true } }, call)).toMatchObject({
    qrCodeId: code.id,
  })
  expect(await codeAt(shop, code)).toEqual(code)
})
