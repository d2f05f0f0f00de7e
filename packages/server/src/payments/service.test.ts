import { PistoProblem } from '@pisto/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { merchantCode } from '../payment-requests/code.ts'
import { openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { endOf, openShop, type Shop } from './testing/shop.ts'
import { aConsumerWithWallet, aMerchantWithWallet } from './testing/wallets.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const eventsOf = async (shop: Shop, sequence: number) =>
  (await world.ledger.listEvents(shop.tenant.id, { sequence: sequence - 1, index: 9999 }, { limit: 9 })).map(
    ({ type, objectId, status }) => [type, objectId, status],
  )

const staticCode = async ({ tenant, merchant, keys }: Shop): Promise<string> => {
  const payee = { alias: merchant.alias, tradeName: 'Tienda', city: null, categoryCode: '5411' }
  return merchantCode(tenant, payee, await keys.signing(tenant.id, 'qr'))
}

describe.each(['GT', 'HN', 'SV'] as const)('paying in %s', (country) => {
  it('a request: money, request and events happen together', async () => {
    const shop = await openShop(world, { country })
    const request = await shop.charge('30.10')

    const payment = await shop.pay({ qr: request.qr.payload, reference: 'Almuerzo', metadata: { app: 'w' } })

    expect(payment).toMatchObject({
      status: 'completed',
      livemode: false,
      merchantId: shop.merchant.id,
      payerAccountId: shop.payer.accountId,
      payeeAccountId: shop.merchant.accountId,
      amount: shop.money('30.10'),
      refundedAmount: shop.money('0.00'),
      paymentRequestId: request.id,
      challenge: request.challenge,
      reference: 'Almuerzo',
      metadata: { app: 'w' },
      expiresAt: null,
    })
    expect(await shop.payments.getPayment({ paymentId: payment.id }, shop.call('getPayment'))).toEqual(payment)
    expect(await shop.balances(shop.merchant)).toEqual(['30.10', '30.10'])
    expect(await shop.balances(shop.payer)).toEqual(['69.90', '69.90'])
    expect(await eventsOf(shop, payment.sequence)).toEqual([
      ['payment.completed', payment.id, 'completed'],
      ['paymentRequest.paid', request.id, 'paid'],
    ])
  })
})

describe('who is paid', () => {
  it('an alias, with the amount that the payer types', async () => {
    const shop = await openShop(world)
    const payment = await shop.pay({ alias: shop.merchant.alias, amount: shop.money('0.20') })

    expect(payment).toMatchObject({ status: 'completed', paymentRequestId: null, challenge: null })
  })

  it('a static code, as often as people come', async () => {
    const shop = await openShop(world)
    const qr = await staticCode(shop)
    for (const amount of ['1.00', '2.00']) await shop.pay({ qr, amount: shop.money(amount) })

    expect(await shop.balances(shop.merchant)).toEqual(['3.00', '3.00'])
  })

  it('a merchant by a merchant: wallets of both kinds pay', async () => {
    const shop = await openShop(world)
    const supplier = await aMerchantWithWallet(world, shop.tenant)
    await shop.pay({ alias: shop.merchant.alias, amount: shop.money('10.00') })
    await shop.pay({ alias: supplier.alias, amount: shop.money('4.00'), payerAccountId: shop.merchant.accountId })

    expect(await shop.balances(supplier)).toEqual(['4.00', '4.00'])
  })

  it.each([
    ['a code and an alias', ({ merchant }: Shop, qr: string) => ({ qr, alias: merchant.alias }), ['/qr', '/alias']],
    ['neither code nor alias', ({ money }: Shop) => ({ amount: money('1.00') }), ['/qr', '/alias']],
    ['an alias without amount', ({ merchant }: Shop) => ({ alias: merchant.alias }), ['/amount']],
    ['another amount than the code’s', ({ money }: Shop, qr: string) => ({ qr, amount: money('30.11') }), ['/amount']],
    ['an end without a hold', (_: Shop, qr: string) => ({ qr, expiresInSeconds: 60 }), ['/expiresInSeconds']],
  ])('%s is a malformed request, and uses up no key', async (_what, body, pointers) => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')
    const problem = await shop.pay(body(shop, request.qr.payload), 'k').catch((error: unknown) => error)

    expect(problem).toBeInstanceOf(PistoProblem)
    expect(problem).toMatchObject({ code: 'request_invalid', status: 400 })
    expect((problem as PistoProblem).errors.map(({ pointer }) => pointer)).toEqual(pointers)
    expect((await shop.pay({ qr: request.qr.payload }, 'k')).status).toBe('completed')
  })

  it('the code’s own amount may be repeated', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')

    expect((await shop.pay({ qr: request.qr.payload, amount: shop.money('30.10') })).status).toBe('completed')
  })
})

describe('refused, with nothing moved', () => {
  const USD = (amount: string) => ({ amount, currency: 'USD' as const })
  it.each([
    [
      'one centavo too many',
      async (s: Shop) => s.pay({ alias: s.merchant.alias, amount: s.money('100.01') }),
      'insufficient_funds',
    ],
    [
      'another currency',
      async (s: Shop) => s.pay({ alias: s.merchant.alias, amount: USD('1.00') }),
      'currency_mismatch',
    ],
    [
      'more than a column holds',
      async (s: Shop) => s.pay({ alias: s.merchant.alias, amount: s.money('92233720368547758.08') }),
      'amount_too_large',
    ],
    [
      'an alias that nobody has',
      async (s: Shop) => s.pay({ alias: '100000000009', amount: s.money('1.00') }),
      'payee_not_found',
    ],
    [
      'a consumer’s alias',
      async (s: Shop) => s.pay({ alias: s.payer.alias, amount: s.money('1.00') }),
      'payee_not_found',
    ],
    [
      'another tenant’s alias',
      async (s: Shop) => s.pay({ alias: (await openShop(world)).merchant.alias, amount: s.money('1.00') }),
      'payee_not_found',
    ],
    [
      'one’s own account',
      async (s: Shop) =>
        s.pay({ alias: s.merchant.alias, amount: s.money('1.00'), payerAccountId: s.merchant.accountId }),
      'same_account',
    ],
    [
      'an account that nobody has',
      async (s: Shop) =>
        s.pay({ alias: s.merchant.alias, amount: s.money('1.00'), payerAccountId: world.ids.next('acc') }),
      'account_not_found',
    ],
    [
      'another tenant’s account',
      async (s: Shop) =>
        s.pay({
          alias: s.merchant.alias,
          amount: s.money('1.00'),
          payerAccountId: (await openShop(world)).payer.accountId,
        }),
      'account_not_found',
    ],
    [
      'the tenant’s own funds',
      async (s: Shop) =>
        s.pay({ alias: s.merchant.alias, amount: s.money('1.00'), payerAccountId: await fundingOf(s) }),
      'account_not_found',
    ],
    [
      'a code of another tenant',
      async (s: Shop) => {
        const other = await openShop(world)
        s.keys.add(other.tenant, 'qr')
        const key = await s.keys.signing(other.tenant.id, 'qr')
        const payee = { alias: other.merchant.alias, tradeName: 'Tienda', city: null, categoryCode: '5411' }
        return s.pay({ qr: await merchantCode(other.tenant, payee, key), amount: s.money('1.00') })
      },
      'qr_foreign',
    ],
    [
      'a code that is none',
      async (s: Shop) => s.pay({ qr: 'https://example.com', amount: s.money('1.00') }),
      'qr_invalid',
    ],
  ] as const)('%s', async (_what, pay, code) => {
    const shop = await openShop(world)

    expect(await endOf(pay(shop))).toBe(code)
    expect(await shop.balances(shop.payer)).toEqual(['100.00', '100.00'])
    expect(await shop.balances(shop.merchant)).toEqual(['0.00', '0.00'])
    const { data } = await shop.payments.listPayments({ query: {} }, shop.call('listPayments'))
    expect(data).toEqual([])
  })

  it('a merchant that is not active', async () => {
    const shop = await openShop(world, { status: 'suspended' })

    expect(await endOf(shop.pay({ alias: shop.merchant.alias, amount: shop.money('1.00') }))).toBe('payee_inactive')
  })

  it('a genuine code whose request was another merchant’s, or of another amount', async () => {
    const shop = await openShop(world)
    const key = await shop.keys.signing(shop.tenant.id, 'qr')
    const request = await shop.charge('30.10')
    const other = await aMerchantWithWallet(world, shop.tenant)
    const said = {
      id: request.id,
      amountMinor: 3010n,
      currency: 'GTQ',
      challenge: request.challenge,
      expiresAt: world.clock.now(),
    } as const
    const payee = { alias: shop.merchant.alias, tradeName: 'Tienda', city: null, categoryCode: '5411' }
    const codes = [
      await merchantCode(shop.tenant, { ...payee, alias: other.alias }, key, said),
      await merchantCode(shop.tenant, payee, key, { ...said, amountMinor: 3011n }),
      await merchantCode(shop.tenant, payee, key, { ...said, id: world.ids.next('req') }),
    ]

    for (const qr of codes) expect(await endOf(shop.pay({ qr }))).toBe('payment_request_not_found')
  })

  const fundingOf = async ({ tenant }: Shop): Promise<string> => {
    const { data } = await world.ledger.listAccounts(tenant.id, { limit: 9 })
    return data.find(({ ownerId }) => ownerId === null)?.accountId ?? ''
  }
})

describe('a key', () => {
  it('gives the first answer again, after everything has moved on', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('30.10')
    const first = await shop.pay({ qr: request.qr.payload }, 'k')
    await shop.refund(first.id, '30.10')
    await shop.pay({ alias: shop.merchant.alias, amount: shop.money('100.00') })

    expect(await shop.pay({ qr: request.qr.payload }, 'k')).toEqual(first)
  })

  it('gives the first refusal again, also when there is money now', async () => {
    const shop = await openShop(world, { funds: '1.00' })
    const body = { alias: shop.merchant.alias, amount: shop.money('1.01') }
    expect(await endOf(shop.pay(body, 'k'))).toBe('insufficient_funds')
    const rich = await aConsumerWithWallet(world, shop.tenant)
    await shop.pay({ alias: shop.merchant.alias, amount: shop.money('0.50') })

    expect(await endOf(shop.pay(body, 'k'))).toBe('insufficient_funds')
    expect(rich.accountId).not.toBe(shop.payer.accountId)
  })

  it('gives the first answer again when the code’s key is withdrawn since', async () => {
    const shop = await openShop(world)
    const request = await shop.charge('1.00')
    const first = await shop.pay({ qr: request.qr.payload }, 'k')
    const find = shop.keys.find.bind(shop.keys)
    shop.keys.find = async () => undefined

    expect(await shop.pay({ qr: request.qr.payload }, 'k')).toEqual(first)
    expect(await endOf(shop.pay({ qr: request.qr.payload }, 'another'))).toBe('qr_signature_invalid')
    shop.keys.find = find
  })

  it('refuses another body', async () => {
    const shop = await openShop(world)
    await shop.pay({ alias: shop.merchant.alias, amount: shop.money('0.20') }, 'k')

    expect(await endOf(shop.pay({ alias: shop.merchant.alias, amount: shop.money('0.30') }, 'k'))).toBe(
      'idempotency_key_reused',
    )
  })
})

it('names, texts and numbers of people are nowhere in the log', async () => {
  const shop = await openShop(world)
  const request = await shop.charge('30.10', { reference: 'Mesa 4', metadata: { note: 'canario-uno' } })
  const payment = await shop.pay({ qr: request.qr.payload, reference: 'Canario dos', metadata: { n: 'canario-tres' } })
  await shop.refund(payment.id, '0.10', 'k', { reason: 'Vuelto canario' })
  await shop.charge('1.00')

  const leaves = await world.ledger.log.leaves(shop.tenant.id, { limit: 100, after: 0 })
  const log = leaves.map(({ leaf }) => leaf).join('\n')
  const canaries = [
    'Mesa 4',
    'canario-uno',
    'Canario dos',
    'canario-tres',
    'Vuelto',
    'Umaña',
    'Ñandú',
    shop.merchant.alias,
  ]
  expect(canaries.filter((canary) => log.includes(canary))).toEqual([])
  const commitments = leaves.map(({ leaf }) => JSON.parse(leaf).commitments.length)
  expect(commitments.slice(-4)).toEqual([1, 1, 1, 0])
})
