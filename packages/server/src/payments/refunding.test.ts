import { createPublicKey, verify } from 'node:crypto'
import { toUuid } from '@pisto/ledger'
import { parseReceipt } from '@pisto/proof'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { getPaymentReceipt } from './receipt.ts'
import { endOf, openShop, type Shop } from './testing/shop.ts'
import { aConsumerWithWallet, aMerchantWithWallet, fund } from './testing/wallets.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const payTo = (shop: Shop, amount: string) => shop.pay({ alias: shop.merchant.alias, amount: shop.money(amount) })
const get = async (shop: Shop, paymentId: string) => shop.payments.getPayment({ paymentId }, shop.call('getPayment'))

const setHeld = (accountId: string, isHeld: boolean) =>
  world.db.query('update registrations set is_held = $2 where account_id = $1', [toUuid(accountId), isHeld])

describe('a refund', () => {
  it('gives a part back out of the merchant’s balance', async () => {
    const shop = await openShop(world)
    const payment = await payTo(shop, '30.10')
    const refund = await shop.refund(payment.id, '0.10', 'r', { reason: 'Vuelto' })

    expect(refund).toMatchObject({
      status: 'completed',
      livemode: false,
      paymentId: payment.id,
      amount: shop.money('0.10'),
      reason: 'Vuelto',
    })
    expect(refund.sequence).toBeGreaterThan(payment.sequence)
    expect(await get(shop, payment.id)).toEqual({
      ...payment,
      status: 'partiallyRefunded',
      refundedAmount: shop.money('0.10'),
    })
    expect(await shop.balances(shop.merchant)).toEqual(['30.00', '30.00'])
    expect(await shop.balances(shop.payer)).toEqual(['70.00', '70.00'])
  })

  it('of a merchant who is held by a case waits until it is decided', async () => {
    const shop = await openShop(world)
    const payment = await payTo(shop, '30.10')
    await setHeld(shop.merchant.accountId, true)

    expect(await endOf(shop.refund(payment.id, '0.10'))).toBe('account_frozen')
    expect(await shop.balances(shop.merchant)).toEqual(['30.10', '30.10'])
    await setHeld(shop.merchant.accountId, false)
    expect((await shop.refund(payment.id, '0.10')).status).toBe('completed')
  })

  it('of all ends the payment as refunded', async () => {
    const shop = await openShop(world)
    const payment = await payTo(shop, '30.10')
    await shop.refund(payment.id, '30.10')

    expect((await get(shop, payment.id)).status).toBe('refunded')
    expect(await endOf(shop.refund(payment.id, '0.01'))).toBe('payment_wrong_status')
  })

  it('of more than is left is refused, and says what is left', async () => {
    const shop = await openShop(world)
    const payment = await payTo(shop, '30.10')
    await shop.refund(payment.id, '0.10')
    const problem = await shop.refund(payment.id, '30.01').catch((error: unknown) => error)

    expect(problem).toMatchObject({
      code: 'refund_exceeds_payment',
      status: 422,
      facts: { refundable: '30.00', currency: 'GTQ' },
    })
  })

  it('of more than the merchant has is refused, and can be made when there is money', async () => {
    const shop = await openShop(world)
    const payment = await payTo(shop, '30.10')
    const supplier = await aMerchantWithWallet(world, shop.tenant)
    await shop.pay({ alias: supplier.alias, amount: shop.money('30.00'), payerAccountId: shop.merchant.accountId })

    expect(await endOf(shop.refund(payment.id, '10.00'))).toBe('insufficient_funds')
    expect((await get(shop, payment.id)).status).toBe('completed')
    await fund(world, shop.tenant, shop.merchant.accountId, '9.90')
    expect(await endOf(shop.refund(payment.id, '10.00'))).toBe('done')
  })

  it.each([
    ['another currency', { amount: { amount: '1.00', currency: 'USD' as const } }, 'currency_mismatch'],
    [
      'more than a column holds',
      { amount: { amount: '92233720368547758.08', currency: 'GTQ' as const } },
      'amount_too_large',
    ],
  ])('of %s is refused', async (_what, change, code) => {
    const shop = await openShop(world)
    const { id } = await payTo(shop, '30.10')

    expect(await endOf(shop.refund(id, '1.00', undefined, change))).toBe(code)
  })

  it('of a payment that is only held, cancelled or expired is refused', async () => {
    const shop = await openShop(world)
    const later = async () =>
      (await shop.pay({ alias: shop.merchant.alias, amount: shop.money('1.00'), confirmation: 'later' })).id
    const [held, cancelled] = [await later(), await later()]
    await shop.cancel(cancelled)

    for (const id of [held, cancelled]) expect(await endOf(shop.refund(id, '1.00'))).toBe('payment_wrong_status')
  })

  it('gives its first answer again after the payment was refunded wholly', async () => {
    const shop = await openShop(world)
    const { id } = await payTo(shop, '30.10')
    const first = await shop.refund(id, '0.10', 'r')
    await shop.refund(id, '30.00')

    expect(await shop.refund(id, '0.10', 'r')).toEqual(first)
    expect(await shop.balances(shop.merchant)).toEqual(['0.00', '0.00'])
  })

  const amounts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 })
  const decimal = (cents: number) => (cents / 100).toFixed(2)

  it('is made or refused by what is left when it comes (property)', async () => {
    const shop = await openShop(world, { funds: '100000.00' })
    await fc.assert(
      fc.asyncProperty(amounts, async (asked) => {
        const { id } = await payTo(shop, '10.00')
        let left = 1000
        for (const cents of asked) {
          const expected = left === 0 ? 'payment_wrong_status' : cents > left ? 'refund_exceeds_payment' : 'done'
          expect(await endOf(shop.refund(id, decimal(cents)))).toBe(expected)
          if (expected === 'done') left -= cents
        }
        expect((await get(shop, id)).refundedAmount).toEqual(shop.money(decimal(1000 - left)))
      }),
      { numRuns: 15 },
    )
  })

  // Sent at once they come in any order: each end must fit what was left at the end, whoever came first.
  it('with others at the same moment never adds up to more than was paid (property)', async () => {
    const shop = await openShop(world, { funds: '100000.00' })
    await fc.assert(
      fc.asyncProperty(amounts, async (asked) => {
        const { id } = await payTo(shop, '10.00')
        const ends = await Promise.all(
          asked.map(async (cents) => ({ cents, end: await endOf(shop.refund(id, decimal(cents))) })),
        )

        const given = ends.filter(({ end }) => end === 'done').reduce((sum, { cents }) => sum + cents, 0)
        expect(given).toBeLessThanOrEqual(1000)
        expect((await get(shop, id)).refundedAmount).toEqual(shop.money(decimal(given)))
        for (const { cents, end } of ends.filter((refund) => refund.end !== 'done')) {
          expect(end).toBe(given === 1000 && end === 'payment_wrong_status' ? end : 'refund_exceeds_payment')
          expect(cents).toBeGreaterThan(1000 - given)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('is listed with its payment, newest first, page by page', async () => {
    const shop = await openShop(world)
    const { id: paymentId } = await payTo(shop, '30.10')
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.unshift((await shop.refund(paymentId, '1.00')).id)

    const walked: string[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const query = { limit: 2, ...(after && { after }) }
      const page = await shop.payments.listRefunds({ paymentId, query }, shop.call('listRefunds'))
      walked.push(...page.data.map(({ id }) => id))
      after = page.nextCursor
    }
    expect(walked).toEqual(made)
  })
})

describe('a receipt', () => {
  const receiptOf = (shop: Shop, paymentId: string) =>
    getPaymentReceipt({ ...world, keys: shop.keys }, shop.call('getPaymentReceipt'), paymentId)

  it('says in one line who was paid what, when, for which charge, and is signed', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')
    const payment = await shop.pay({ qr: request.qr.payload })
    const { compact, ...receipt } = await receiptOf(shop, payment.id)

    expect(receipt).toEqual({
      paymentId: payment.id,
      livemode: false,
      payee: { name: 'Tortillería Ñandú', alias: shop.merchant.alias },
      amount: shop.money('30.10'),
      completedAt: payment.completedAt,
      opening: null,
    })
    expect(compact.length).toBeLessThanOrEqual(179)
    const { fields, keyId, signature, signedText } = parseReceipt(compact)
    expect(fields).toEqual({
      paymentId: payment.id.slice(4),
      payeeAlias: shop.merchant.alias,
      amount: '30.10',
      currency: 'GTQ',
      paidAtSeconds: Math.floor(Date.parse(payment.completedAt ?? '') / 1000),
      challenge: request.challenge,
    })
    const key = await shop.keys.find(keyId)
    expect(key).toMatchObject({ use: 'receipt', tenantId: shop.tenant.id })
    const x = Buffer.from(key?.publicKey ?? []).toString('base64url')
    const jwk = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    expect(verify(null, Buffer.from(signedText), jwk, signature)).toBe(true)
  })

  it('has no challenge when nobody asked for the payment', async () => {
    const shop = await openShop(world)
    const { compact } = await receiptOf(shop, (await payTo(shop, '1.00')).id)

    expect(parseReceipt(compact).fields.challenge).toBe('')
  })

  it('stays the same after refunds: it says that the payee was credited, not what came after', async () => {
    const shop = await openShop(world)
    const { id } = await payTo(shop, '1.00')
    const before = await receiptOf(shop, id)
    await shop.refund(id, '0.40')
    expect(await receiptOf(shop, id)).toEqual(before)
    await shop.refund(id, '0.60')
    expect(await receiptOf(shop, id)).toEqual(before)
  })

  it('is not given for money that is held, given back or expired', async () => {
    const shop = await openShop(world)
    const later = async () =>
      (await shop.pay({ alias: shop.merchant.alias, amount: shop.money('1.00'), confirmation: 'later' })).id
    const [held, cancelled] = [await later(), await later()]
    await shop.cancel(cancelled)

    expect(await endOf(receiptOf(shop, held))).toBe('payment_wrong_status')
    expect(await endOf(receiptOf(shop, cancelled))).toBe('payment_wrong_status')
    world.clock.advance(900)
    expect(await endOf(receiptOf(shop, held))).toBe('payment_wrong_status')
  })
})

it('pages of the list meet each payment once, newest first, whatever the filter (property)', async () => {
  const shop = await openShop(world, { funds: '1000.00' })
  const [supplier, friend] = [
    await aMerchantWithWallet(world, shop.tenant),
    await aConsumerWithWallet(world, shop.tenant),
  ]
  await fund(world, shop.tenant, friend.accountId, '1000.00')
  const ids: string[] = []
  for (let n = 0; n < 24; n++) {
    const { alias } = n % 3 === 0 ? supplier : shop.merchant
    const payerAccountId = n % 4 === 0 ? friend.accountId : shop.payer.accountId
    const how = n % 2 ? ({ confirmation: 'later', expiresInSeconds: n % 3 ? 31 : 900 } as const) : {}
    const { id } = await shop.pay({ alias, amount: shop.money('1.00'), payerAccountId, ...how })
    ids.unshift(id)
    if (n % 8 === 1) await shop.confirm(id)
    if (n % 8 === 3) await shop.cancel(id)
    if (n % 8 === 0) await shop.refund(id, '0.50')
    if (n % 8 === 2) await shop.refund(id, '1.00')
  }
  world.clock.advance(60) // some holds have lapsed, nothing is booked
  const seen = await Promise.all(ids.map((id) => get(shop, id)))

  const status = fc.constantFrom(
    'pending',
    'completed',
    'partiallyRefunded',
    'refunded',
    'expired',
    'cancelled',
    'failed',
    undefined,
  )
  const merchant = fc.constantFrom(shop.merchant.id, supplier.id, world.ids.next('mer'), undefined)
  const payer = fc.constantFrom(shop.payer.accountId, friend.accountId, undefined)
  await fc.assert(
    fc.asyncProperty(
      status,
      merchant,
      payer,
      fc.integer({ min: 1, max: 30 }),
      async (wanted, merchantId, payerAccountId, limit) => {
        const expected = seen
          .filter((payment) => wanted === undefined || payment.status === wanted)
          .filter((payment) => merchantId === undefined || payment.merchantId === merchantId)
          .filter((payment) => payerAccountId === undefined || payment.payerAccountId === payerAccountId)
        const filter = {
          ...(wanted && { status: wanted }),
          ...(merchantId && { merchantId }),
          ...(payerAccountId && { payerAccountId }),
        }
        const walked = []
        for (let after: string | null | undefined; after !== null; ) {
          const query = { ...filter, limit, ...(after && { after }) }
          const page = await shop.payments.listPayments({ query }, shop.call('listPayments'))
          walked.push(...page.data)
          after = page.nextCursor
        }

        expect(walked).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})

it('a cursor that no page gave is refused, not read as the beginning', async () => {
  const shop = await openShop(world)
  const list = async (after: string) => shop.payments.listPayments({ query: { after } }, shop.call('listPayments'))

  for (const after of ['nonsense', shop.merchant.id, '']) expect(await endOf(list(after))).toBe('request_invalid')
})
